package org.ipspipeline.ips.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts options that operators change in a running daemon, by fail2ban's names, into a table of a TOML file. */
final class TomlOptions {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("bannetwork", "ban_network"),
            Map.entry("bantime", "ban_time"),
            Map.entry("bantime.increment", "ban_time_grows"),
            Map.entry("bantime.maxtime", "ban_time_max"),
            Map.entry("datepattern", "date_patterns"),
            Map.entry("failregex", "patterns"),
            Map.entry("findtime", "find_time"),
            Map.entry("ignoreip", "ignore"),
            Map.entry("ignoreregex", "ignore_patterns"),
            Map.entry("ignoreself", "ignore_self"),
            Map.entry("ipv6prefix", "ipv6_prefix"),
            Map.entry("logencoding", "encoding"),
            Map.entry("logpath", "logs"),
            Map.entry("logtimezone", "time_zone"),
            Map.entry("maxlines", "max_lines"),
            Map.entry("maxmatches", "max_matches"),
            Map.entry("maxretry", "max_retry"),
            Map.entry("port", "ports"),
            Map.entry("prefregex", "prefix_pattern"),
            Map.entry("protocol", "protocol"),
            Map.entry("usedns", "resolve_host_names"));

    private static final Set<String> NUMBERS = Set.of("ipv6prefix", "maxlines", "maxmatches", "maxretry");
    private static final Set<String> TRUTHS = Set.of("bantime.increment", "ignoreself", "usedns");
    private static final Set<String> LINES = Set.of("datepattern", "failregex", "ignoreregex", "logpath");

    private TomlOptions() {}

    /**
     * {@return the table with the options replaced, of which nothing else is changed}
     *
     * @param table the table of a jail
     * @param replaced values by fail2ban's names of options
     * @throws ConfigurationException if an option has no key, without a place
     */
    static JsonNode replace(JsonNode table, Map<String, String> replaced) {
        if (replaced.isEmpty() || !table.isObject()) {
            return table;
        }
        ObjectNode changed = table.deepCopy();
        replaced.forEach((option, value) -> {
            String key = KEYS.get(option);
            if (key == null) {
                throw new ConfigurationException("'" + option + "' has no counterpart in a TOML file");
            }
            changed.set(key, node(option, value.strip()));
        });
        return changed;
    }

    private static JsonNode node(String option, String value) {
        if (NUMBERS.contains(option)) {
            Integer number = number(value);
            return number == null ? TextNode.valueOf(value) : IntNode.valueOf(number);
        }
        if (TRUTHS.contains(option)) {
            return truth(value);
        }
        if (LINES.contains(option)) {
            return texts(value, "\n");
        }
        return switch (option) {
            case "ignoreip" -> texts(value, "\\s+");
            case "port" -> texts(value, "[,\\s]+");
            default -> TextNode.valueOf(value);
        };
    }

    /** What is no number stays a text, and is refused like one that stands in the file. */
    private static @Nullable Integer number(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException text) {
            return null;
        }
    }

    private static JsonNode truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1", "warn", "raw" -> BooleanNode.TRUE;
            case "false", "no", "off", "0" -> BooleanNode.FALSE;
            default -> TextNode.valueOf(value);
        };
    }

    private static ArrayNode texts(String value, String between) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        for (String each : value.split(between, -1)) {
            if (!each.isBlank()) {
                texts.add(each.strip());
            }
        }
        return texts;
    }
}
