package org.ipspipeline.ips.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A jail.
 *
 * @param name the jail's
 * @param enabled whether it is switched on
 * @param filter the name of its filter, empty if it cannot be read
 * @param backend where its lines come from, as written
 * @param regexes how many failregexes it has
 * @param problem why it cannot be used, naming the place; null if it can
 * @param warnings what an operator should know of it, each naming the place
 */
public record CheckedJail(
        String name,
        boolean enabled,
        String filter,
        String backend,
        int regexes,
        @Nullable String problem,
        List<String> warnings) {

    /** Copies the list. */
    public CheckedJail {
        warnings = List.copyOf(warnings);
    }
}
