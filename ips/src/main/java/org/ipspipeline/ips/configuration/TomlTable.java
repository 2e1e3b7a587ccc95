package org.ipspipeline.ips.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table of a TOML file: the values of its keys, or those of the table with the defaults. Knows all keys that there are. */
final class TomlTable {

    /** The keys of a jail, which are those of the defaults as well. */
    private static final Set<String> KEYS = Set.of(
            "enabled",
            "logs",
            "journal",
            "patterns",
            "prefix_pattern",
            "ignore_patterns",
            "max_lines",
            "filter",
            "fail2ban_directory",
            "date_patterns",
            "time_zone",
            "encoding",
            "resolve_host_names",
            "max_retry",
            "max_matches",
            "find_time",
            "ban_network",
            "ban_time",
            "ban_time_grows",
            "ban_time_max",
            "ignore",
            "ignore_self",
            "ipv6_prefix",
            "ports",
            "protocol");

    private final Path file;
    private final String text;
    private final String name;
    private final JsonNode values;
    private final @Nullable TomlTable defaults;

    /**
     * Takes a table and checks its keys.
     *
     * @throws ConfigurationException naming a key that is not known, and the nearest one
     */
    TomlTable(Path file, String text, String name, JsonNode values, @Nullable TomlTable defaults) {
        this.file = file;
        this.text = text;
        this.name = name;
        this.values = values;
        this.defaults = defaults;
        if (!values.isObject() && !values.isMissingNode()) {
            throw problem("", "is no table; write [" + name + "]");
        }
        values.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw problem(key, "is not known" + NearestName.suggestion(key, KEYS));
            }
        });
    }

    boolean has(String key) {
        return values.has(key);
    }

    private JsonNode value(String key) {
        JsonNode own = values.path(key);
        return own.isMissingNode() && defaults != null ? defaults.value(key) : own;
    }

    /** A text, or null for none. */
    @Nullable
    String text(String key) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual()) {
            throw problem(key, "takes a text in quotes");
        }
        return value.textValue();
    }

    /** A text, or what stands in for it. */
    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    /** A list of texts; one alone needs no brackets. */
    List<String> texts(String key) {
        JsonNode value = value(key);
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        } else if (value.isArray()) {
            for (JsonNode each : value) {
                if (!each.isTextual()) {
                    throw problem(key, "takes texts in quotes");
                }
                texts.add(each.textValue());
            }
        } else if (!value.isMissingNode()) {
            throw problem(key, "takes a list of texts, such as [\"a\", \"b\"]");
        }
        return texts;
    }

    /** A list of texts, or what stands in for it. */
    List<String> texts(String key, String otherwise) {
        List<String> texts = texts(key);
        return texts.isEmpty() ? List.of(otherwise) : texts;
    }

    boolean truth(String key, boolean otherwise) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw problem(key, "takes true or false");
        }
        return value.isMissingNode() ? otherwise : value.booleanValue();
    }

    int number(String key, int otherwise, int least) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < least) {
            throw problem(key, "takes a whole number from " + least);
        }
        return value.intValue();
    }

    /** A span of time: seconds as a number, or a text such as {@code 10m}. */
    long seconds(String key, String otherwise) {
        JsonNode value = value(key);
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        try {
            return Math.round(TimeExpression.seconds(text(key, otherwise)));
        } catch (IllegalArgumentException e) {
            String message =
                    problem(key, "takes a time such as \"10m\" or \"1d 12h\"").getMessage() + ": " + e.getMessage();
            throw new ConfigurationException(message, e);
        }
    }

    /** What is wrong with a key, or with the table where no key is named. */
    ConfigurationException problem(String key, String what) {
        String subject = key.isEmpty() ? "[" + name + "]" : "'" + key + "' of [" + name + "]";
        return new ConfigurationException(place(key) + ": " + subject + " " + what);
    }

    /** Where a key stands, or the table. */
    String place(String key) {
        return place(file, text, name, key);
    }

    /** Finds the line of a key in a table: the parser does not tell it. */
    static String place(Path file, String text, String table, String key) {
        Pattern header = Pattern.compile("\\s*\\[\\s*([^\\[\\]]*?)\\s*\\].*");
        boolean inside = table.isEmpty();
        int found = 1;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher matcher = header.matcher(line);
            if (matcher.matches()) {
                inside = matcher.group(1).replaceAll("[\"'\\s]", "").equals(table);
                found = inside ? number : found;
                if (table.isEmpty() && matcher.group(1).split("\\.", -1)[0].equals(key)) {
                    return file + ":" + number;
                }
            } else if (inside
                    && !key.isEmpty()
                    && line.strip().matches("[\"']?" + Pattern.quote(key) + "[\"']?\\s*=.*")) {
                return file + ":" + number;
            }
        }
        return file + ":" + found;
    }
}
