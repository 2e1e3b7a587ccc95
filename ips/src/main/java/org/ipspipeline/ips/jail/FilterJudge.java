package org.ipspipeline.ips.jail;

import java.util.List;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.filter.Finding;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.filter.FilterListener;
import org.ipspipeline.ips.match.filter.FilterMatcher;
import org.ipspipeline.ips.match.filter.FilterSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the lines of one source by the filters of all jails that read it: one scan finds the lines that may be failures. Remembers
 * what the filters want remembered, so it must see every block, in order. For one thread at a time; a plain failure of an address
 * allocates nothing.
 */
final class FilterJudge implements Judge {

    private static final Logger LOG = LoggerFactory.getLogger(FilterJudge.class);

    private final List<Applied> applied;
    private final DeferredFailures deferred;
    private final FilterMatcher matcher;
    private final FilterListener listener = this::note;
    private LineBlock block = new LineBlock(1, 1);

    /**
     * @param applied the jails' filters, at least one
     * @param deferred takes failures of host names
     */
    FilterJudge(List<Applied> applied, DeferredFailures deferred) {
        this.applied = List.copyOf(applied);
        this.deferred = deferred;
        List<FilterEvaluator> evaluators =
                applied.stream().map(Applied::evaluator).toList();
        this.matcher = FilterSet.of(
                        evaluators.stream().map(FilterEvaluator::filter).toList())
                .newMatcher(evaluators);
    }

    /**
     * A jail's filter on this source.
     *
     * @param jail the jail's number
     * @param name the jail's name
     * @param meter the jail's
     * @param evaluator of this source alone
     */
    record Applied(int jail, String name, JailMeter meter, FilterEvaluator evaluator) {}

    List<Applied> applied() {
        return applied;
    }

    @Override
    public void judge(LineBlock lines) {
        block = lines;
        matcher.match(lines.lines(), listener);
    }

    private void note(int line, int number, Finding finding) {
        Applied filter = applied.get(number);
        filter.meter.matched(1);
        if (finding.hasAddress()) {
            block.addFailure(line, filter.jail, finding.high(), finding.low(), finding.timeMicros());
            return;
        }
        Failure failure = finding.failure();
        if (failure.identityKind() == Failure.IdentityKind.HOST_NAME) {
            deferred.take(filter.jail, failure);
            return;
        }
        filter.meter.addressless();
        if (filter.meter.withoutAddress() == 1) {
            LOG.warn(
                    "[{}] '{}' is no address, so nothing can be banned; further ones are only counted",
                    filter.name,
                    failure.identity());
        }
    }
}
