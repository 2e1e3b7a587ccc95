package org.ipspipeline.ips.check;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What was found in a configuration.
 *
 * @param jails all jails, in the order of the files
 * @param filters all filters of {@code filter.d} by name
 */
public record CheckedTree(List<CheckedJail> jails, List<CheckedFilter> filters) {

    /** Copies the lists. */
    public CheckedTree {
        jails = List.copyOf(jails);
        filters = List.copyOf(filters);
    }

    /** {@return what is broken, one line each, without repetitions} */
    public List<String> problems() {
        return Stream.concat(
                        jails.stream().map(CheckedJail::problem),
                        filters.stream().map(CheckedFilter::problem))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** {@return what an operator should know of the jails that are switched on} */
    public List<String> warnings() {
        return jails.stream()
                .filter(CheckedJail::enabled)
                .flatMap(jail -> jail.warnings().stream())
                .toList();
    }
}
