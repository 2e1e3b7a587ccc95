package org.ipspipeline.ips.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of {@code filter.d}, or of a jail.
 *
 * @param name the filter's
 * @param place where it stands
 * @param regexes its failregexes; empty if it cannot be used
 * @param problem why it cannot be used, naming the place; null if it can
 */
public record CheckedFilter(
        String name,
        String place,
        List<CheckedRegex> regexes,
        @Nullable String problem) {

    /** Copies the list. */
    public CheckedFilter {
        regexes = List.copyOf(regexes);
    }
}
