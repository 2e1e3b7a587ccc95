package org.ipspipeline.ips.enforce.action;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command of an action with the tags that only a ban fills in. Values never become part of the shell's words unless they are
 * made of harmless characters: others go into variables of the environment, as fail2ban does it, so that nothing that an
 * attacker wrote into a log is ever read by the shell. Immutable.
 */
final class CommandTemplate {

    private static final Pattern TAG = Pattern.compile("<([\\w./-]+)>");
    private static final Pattern HARMLESS = Pattern.compile("[\\w.:/@,=+-]*");
    private static final String VARIABLE = "f2bV_";

    /** No option is put in more often: more is a circle. */
    private static final int MAX_ROUNDS = 25;

    private final String text;

    private CommandTemplate(String text) {
        this.text = text;
    }

    /**
     * What the shell runs.
     *
     * @param command its words
     * @param environment variables that the words name
     */
    record Filled(String command, Map<String, String> environment) {}

    /**
     * Puts in what the action itself says of its tags, that of the family first.
     *
     * @param command an option of an action
     * @param options all options of the action; {@code NAME?family=FAMILY} is that of a family
     * @param family inet4 or inet6
     * @param dynamic tags that a ban fills in
     */
    static CommandTemplate of(String command, Map<String, String> options, String family, Set<String> dynamic) {
        String text = command;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            String next = TAG.matcher(text).replaceAll(tag -> {
                String name = tag.group(1);
                String value = dynamic.contains(name) ? null : optionOf(name, options, family);
                return Matcher.quoteReplacement(value == null ? tag.group() : value);
            });
            if (next.equals(text)) {
                break;
            }
            text = next;
        }
        return new CommandTemplate(text.strip());
    }

    static @Nullable String optionOf(String name, Map<String, String> options, String family) {
        String ofFamily = options.get(name + "?family=" + family);
        return ofFamily != null ? ofFamily : options.get(name);
    }

    /** Whether it does the same. */
    boolean isSameAs(CommandTemplate other) {
        return text.equals(other.text);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /**
     * Puts in what a ban says of its tags; those that it says nothing of stay.
     *
     * @param values the value of a tag; null if it has none
     */
    Filled fill(Function<String, @Nullable String> values) {
        Map<String, String> environment = new HashMap<>();
        String command = TAG.matcher(text).replaceAll(tag -> {
            String name = tag.group(1);
            String value = values.apply(name);
            if (value == null) {
                return Matcher.quoteReplacement(tag.group());
            }
            if (HARMLESS.matcher(value).matches()) {
                return Matcher.quoteReplacement(value);
            }
            String variable = VARIABLE + name.replaceAll("\\W", "_");
            environment.put(variable, value);
            return Matcher.quoteReplacement("$" + variable);
        });
        return new Filled(command, environment);
    }
}
