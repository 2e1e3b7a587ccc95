package org.ipspipeline.ips.configuration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code <name>} in the options of a filter or action by the option of that name, inner tags first
 * ({@code <a-<b>>}), until nothing changes. A tag that names no option stays: it is one for the filter ({@code <HOST>}) or
 * for the moment of a ban ({@code <ip>}).
 */
final class TagSubstitution {

    private static final Pattern TAG = Pattern.compile("<([^ <>]+)>");

    /** No option is put into the same value more often: more is a circle. */
    private static final int MAX_REPLACEMENTS = 25;

    private final Function<String, @Nullable String> more;
    private final Set<String> untouched;

    /**
     * @param more finds what the options themselves do not hold; null where there is nothing
     * @param untouched names that are neither changed nor replaced
     */
    TagSubstitution(Function<String, @Nullable String> more, Set<String> untouched) {
        this.more = more;
        this.untouched = untouched;
    }

    /**
     * Replaces the tags in all values.
     *
     * @return the options with their tags replaced
     * @throws IllegalArgumentException if tags lead in a circle
     */
    Map<String, String> resolve(Map<String, String> options) {
        Map<String, String> resolved = new LinkedHashMap<>(options);
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Set<String> done = new HashSet<>();
        boolean again = true;
        while (again) {
            again = false;
            for (String name : options.keySet()) {
                if (untouched.contains(name) || done.contains(name)) {
                    continue;
                }
                String before = resolved.getOrDefault(name, "");
                String after = replace(name, before, resolved, counts.computeIfAbsent(name, n -> new HashMap<>()));
                resolved.put(name, after);
                again |= !after.equals(before) && TAG.matcher(after).find();
                if (after.indexOf('<') < 0) {
                    done.add(name);
                }
            }
        }
        return resolved;
    }

    private String replace(String name, String value, Map<String, String> options, Map<String, Integer> counts) {
        String text = value;
        int from = 0;
        for (Matcher tag = TAG.matcher(text); tag.find(from); ) {
            String inner = tag.group(1);
            String replacement = untouched.contains(inner) ? null : find(inner, name, options, counts);
            if (replacement == null) {
                from = tag.end();
            } else {
                from = tag.start();
                text = text.replace("<" + inner + ">", replacement);
                tag = TAG.matcher(text);
                counts.merge(inner, 1, Integer::sum);
            }
            if (from > text.length()) {
                break;
            }
        }
        return text;
    }

    private @Nullable String find(String inner, String name, Map<String, String> options, Map<String, Integer> counts) {
        if (inner.equals(name) || counts.getOrDefault(inner, 0) > MAX_REPLACEMENTS) {
            throw new IllegalArgumentException("'" + name + "' refers to itself through <" + inner + ">");
        }
        String own = options.get(inner);
        return own != null ? own : more.apply(inner);
    }
}
