package org.ipspipeline.ips.jail;

import org.ipspipeline.ips.source.LineSource;

/** A source whose lines are judged by the filters of one or more jails. */
final class FilterFeed implements Feed {

    private final LineSource source;
    private final FilterJudge judge;

    FilterFeed(LineSource source, FilterJudge judge) {
        this.source = source;
        this.judge = judge;
    }

    @Override
    public LineSource source() {
        return source;
    }

    @Override
    public FilterJudge judge(int worker) {
        return judge;
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public int jail(int pattern) {
        return pattern;
    }

    @Override
    public boolean serves(int jail) {
        return judge.applied().stream().anyMatch(each -> each.jail() == jail);
    }

    @Override
    public long overBudget() {
        return judge.applied().stream()
                .mapToLong(each -> each.evaluator().counts().exceeded())
                .sum();
    }

    /** The source cuts lines, and tells of it; the filters see all that it gives. */
    @Override
    public long cutLines() {
        return source.status().cutLines();
    }
}
