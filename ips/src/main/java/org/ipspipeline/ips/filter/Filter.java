package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.filter.date.DateContext;
import org.ipspipeline.ips.filter.date.DateDetector;
import org.ipspipeline.ips.filter.date.DatePatterns;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;
import org.ipspipeline.ips.match.syntax.Needles;
import org.jspecify.annotations.Nullable;

/** A filter whose expressions are compiled. May be shared by threads; each log that it is applied to has its own evaluator. */
public final class Filter {

    private final FilterDefinition definition;
    private final DateContext dates;
    private final @Nullable FilterRegex prefregex;
    private final List<FilterRegex> failregexes;
    private final List<FilterRegex> ignoreregexes;

    private Filter(FilterDefinition definition, DateContext dates) {
        this.definition = definition;
        this.dates = dates;
        String prefix = definition.prefregex();
        this.prefregex = prefix == null ? null : compile("prefregex", prefix, false);
        this.failregexes = compileAll("failregex", definition.failregexes(), definition.maxLines() > 1);
        this.ignoreregexes = compileAll("ignoreregex", definition.ignoreregexes(), false);
        boolean prefixIdentifies = prefregex != null && prefregex.hasIdentity();
        for (FilterRegex regex : failregexes) {
            if (!prefixIdentifies && !regex.hasIdentity()) {
                throw invalid(
                        "failregex",
                        regex.source(),
                        new RegexSyntaxException(
                                "it has no <HOST>, <ADDR>, <F-ID> or <F-MLFID> that tells whose failure it is"));
            }
        }
        newDetector();
    }

    /**
     * Compiles a filter.
     *
     * @param definition what its configuration says
     * @param dates completes the dates of its lines
     * @throws InvalidFilterException naming the first expression or date pattern that is wrong
     */
    public static Filter compile(FilterDefinition definition, DateContext dates) {
        return new Filter(definition, dates);
    }

    private List<FilterRegex> compileAll(String kind, List<String> sources, boolean multiline) {
        List<FilterRegex> compiled = new ArrayList<>();
        for (String source : sources) {
            compiled.add(compile(kind, source, multiline));
        }
        return List.copyOf(compiled);
    }

    private FilterRegex compile(String kind, String source, boolean multiline) {
        try {
            return FilterRegex.compile(source, definition.useDns(), multiline);
        } catch (RegexSyntaxException e) {
            throw invalid(kind, source, e);
        }
    }

    private InvalidFilterException invalid(String kind, String source, RegexSyntaxException cause) {
        return new InvalidFilterException(
                definition.place() + ": filter " + definition.name() + ": " + kind + " '" + source + "': "
                        + cause.getMessage(),
                cause);
    }

    /** What the filter's configuration says. */
    public FilterDefinition definition() {
        return definition;
    }

    /** What completes the dates of its lines. */
    public DateContext dates() {
        return dates;
    }

    /** Whether a host name in the place of an address is resolved; if not, such a failure does not count. */
    public boolean resolvesNames() {
        return definition.useDns() != UseDns.NO;
    }

    @Nullable
    FilterRegex prefregex() {
        return prefregex;
    }

    List<FilterRegex> failregexes() {
        return failregexes;
    }

    List<FilterRegex> ignoreregexes() {
        return ignoreregexes;
    }

    /** Whether the verdict over a line may depend on earlier lines. */
    public boolean remembersLines() {
        return definition.maxLines() > 1 || usesConnections();
    }

    /** Whether lines of the same connection are put together. */
    boolean usesConnections() {
        return (prefregex != null && prefregex.regex().group("mlfid") > 0)
                || failregexes.stream().anyMatch(regex -> regex.regex().group("mlfid") > 0);
    }

    /**
     * Finds the literals by which lines can be told that cannot match.
     *
     * @return for each failregex literals of which every line that it matches holds one, as bytes of the line as it is; null for a
     *     failregex without. If the filter spans lines, the line that holds one may be any of those that are matched
     */
    public List<@Nullable Needles> needles() {
        return new FilterNeedles(this).all();
    }

    /** Whether a verdict is made of one line and one expression alone, without groups that stand in for others. */
    boolean isPlain() {
        return !remembersLines()
                && (prefregex == null || !prefregex.hasSpareGroups())
                && failregexes.stream().noneMatch(FilterRegex::hasSpareGroups);
    }

    /**
     * Makes what finds dates as this filter does.
     *
     * @return for one thread
     * @throws InvalidFilterException if a date pattern is wrong
     */
    public DateDetector newDetector() {
        try {
            return new DateDetector(new DatePatterns(dates), definition.datePatterns(), dates);
        } catch (IllegalArgumentException e) {
            throw new InvalidFilterException(
                    definition.place() + ": filter " + definition.name() + ": " + e.getMessage(), e);
        }
    }
}
