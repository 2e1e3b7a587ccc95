package org.ipspipeline.ips.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with parameters as jails refer to filters and actions: {@code sshd[mode=aggressive, port="22,2222"]}; several
 * bracket groups may follow each other.
 *
 * @param name what stands before the bracket
 * @param parameters what stands inside, in order
 */
public record OptionSyntax(String name, Map<String, String> parameters) {

    private static final Pattern WHOLE = Pattern.compile("([^\\[]+)(?:\\[(.*)])?\\s*", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*([\\w\\-.]+)=(?:\"([^\"]*)\"|'([^']*)'|([^,\\]]*))(?:,|\\]\\s*\\[|$)", Pattern.DOTALL);
    private static final Pattern NOTHING = Pattern.compile(",?\\s*$");
    private static final Pattern LIST_ENTRY = Pattern.compile(
            "(?:[^\\[\\s]+(?:\\s*\\[\\s*(?:[\\w\\-.]+=(?:\"[^\"]*\"|'[^']*'|[^,\\]]*)\\s*(?:,|\\]\\s*\\[)?\\s*)*\\])?\\s*|\\S+)"
                    + "(?=\\n\\s*|\\s+|$)",
            Pattern.DOTALL);

    /**
     * Reads one name with its parameters.
     *
     * @throws IllegalArgumentException whose message says what is wrong with the text
     */
    public static OptionSyntax parse(String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not NAME or NAME[option=value, ...]");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        String inside = whole.group(2) == null ? "" : whole.group(2);
        int from = 0;
        Matcher parameter = PARAMETER.matcher(inside);
        while (from < inside.length()) {
            if (parameter.region(from, inside.length()).lookingAt()) {
                parameters.put(parameter.group(1).strip(), valueOf(parameter).strip());
                from = parameter.end();
            } else if (NOTHING.matcher(inside).region(from, inside.length()).lookingAt()) {
                break;
            } else {
                throw new IllegalArgumentException("'" + text + "': expected option=value at '" + inside.substring(from)
                        + "'; put values with commas or brackets in quotes");
            }
        }
        return new OptionSyntax(whole.group(1).strip(), parameters);
    }

    /** Splits a list of such names at white space outside of the brackets. */
    static List<String> split(String text) {
        List<String> entries = new ArrayList<>();
        Matcher entry = LIST_ENTRY.matcher(text);
        while (entry.find()) {
            String found = entry.group().strip();
            if (!found.isEmpty()) {
                entries.add(found);
            }
        }
        return entries;
    }

    private static String valueOf(Matcher parameter) {
        for (int group = 2; group <= 4; group++) {
            String value = parameter.group(group);
            if (value != null) {
                return value;
            }
        }
        return "";
    }
}
