package org.ipspipeline.ips.filter.regex;

import java.util.Map;

/**
 * An expression in Java's syntax that matches what its Python original does.
 *
 * @param regex for {@link java.util.regex.Pattern}, in which no group has a name
 * @param flags those to compile it with
 * @param groups the number of each named group
 * @param anchored whether a match can only begin where the text does
 */
public record TranslatedRegex(String regex, int flags, Map<String, Integer> groups, boolean anchored) {

    /** Copies the map. */
    public TranslatedRegex {
        groups = Map.copyOf(groups);
    }
}
