package org.ipspipeline.ips.match.filter;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.match.Prefilter;
import org.ipspipeline.ips.match.syntax.Needles;
import org.jspecify.annotations.Nullable;

/** Filters whose expressions are looked for together, by one scan for their literals. Immutable; shared by all threads. */
public final class FilterSet {

    private final List<Filter> filters;
    private final Prefilter prefilter;
    /** The number of the first failregex of each filter among those of all, and at the end how many there are. */
    private final int[] first;
    /** The filter of each failregex. */
    private final int[] owner;

    private FilterSet(List<Filter> filters) {
        this.filters = List.copyOf(filters);
        this.first = new int[filters.size() + 1];
        List<@Nullable Needles> needles = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int filter = 0; filter < filters.size(); filter++) {
            for (Needles ofRegex : filters.get(filter).needles()) {
                needles.add(ofRegex);
                owners.add(filter);
            }
            first[filter + 1] = needles.size();
        }
        this.owner = owners.stream().mapToInt(Integer::intValue).toArray();
        this.prefilter = Prefilter.of(needles);
    }

    /**
     * Prepares filters.
     *
     * @param filters at least one; a filter's number is its index
     * @return the set
     */
    public static FilterSet of(List<Filter> filters) {
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("no filters");
        }
        return new FilterSet(filters);
    }

    /**
     * Makes a matcher for a log.
     *
     * @param options how all filters are applied
     * @return for the lines of one log, in their order
     */
    public FilterMatcher newMatcher(EvaluationOptions options) {
        return newMatcher(filters.stream()
                .map(filter -> new FilterEvaluator(filter, options))
                .toList());
    }

    /**
     * Makes a matcher for a log from evaluators that may already have seen lines of it.
     *
     * @param evaluators one of each filter of the set, in its order; used by the matcher from now on
     * @return for the lines of one log, in their order
     */
    public FilterMatcher newMatcher(List<FilterEvaluator> evaluators) {
        if (evaluators.size() != filters.size()) {
            throw new IllegalArgumentException(evaluators.size() + " evaluators of " + filters.size() + " filters");
        }
        return new FilterMatcher(this, evaluators);
    }

    /** {@return how many filters there are} */
    public int size() {
        return filters.size();
    }

    /**
     * Tells a filter.
     *
     * @param number its index in the list that the set was made of
     * @return the filter
     */
    public Filter filter(int number) {
        return filters.get(number);
    }

    /** {@return how many failregexes all filters have together} */
    public int regexes() {
        return owner.length;
    }

    /** {@return whether every line is judged in full by some filter, because an expression of it has no literal of use} */
    public boolean needsEveryLine() {
        return prefilter.needsEveryLine();
    }

    /** {@return what looks for literals, for people, such as {@code Hyperscan 5.4.11 through java.lang.foreign}} */
    public String engine() {
        return prefilter.engine();
    }

    Prefilter prefilter() {
        return prefilter;
    }

    int firstRegex(int filter) {
        return first[filter];
    }

    int owner(int regex) {
        return owner[regex];
    }
}
