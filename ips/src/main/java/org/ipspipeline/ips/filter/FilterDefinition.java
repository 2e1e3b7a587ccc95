package org.ipspipeline.ips.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as its configuration describes it, all interpolations done, fail2ban's tags ({@code <HOST>}, {@code <F-USER>})
 * still in the expressions. Expressions are in Python's syntax.
 *
 * @param name the filter's name, such as {@code sshd}
 * @param prefregex what a line must match before any failregex sees it (or its {@code <F-CONTENT>}); null for none
 * @param failregexes the failures, in the order in which they are tried
 * @param ignoreregexes what makes a failure none
 * @param maxLines how many lines an expression may span, at least 1
 * @param datePatterns where a line's date stands; empty for the default patterns
 * @param useDns what to do with host names
 * @param journalMatches the journal entries that are read for this filter: one list of {@code FIELD=value} and {@code +} each
 * @param place where it was read from, for messages
 */
public record FilterDefinition(
        String name,
        @Nullable String prefregex,
        List<String> failregexes,
        List<String> ignoreregexes,
        int maxLines,
        List<String> datePatterns,
        UseDns useDns,
        List<List<String>> journalMatches,
        String place) {

    /** Copies the lists. */
    public FilterDefinition {
        failregexes = List.copyOf(failregexes);
        ignoreregexes = List.copyOf(ignoreregexes);
        datePatterns = List.copyOf(datePatterns);
        journalMatches = List.copyOf(journalMatches);
        if (maxLines < 1) {
            throw new IllegalArgumentException("maxlines is " + maxLines + ": it must be at least 1");
        }
    }
}
