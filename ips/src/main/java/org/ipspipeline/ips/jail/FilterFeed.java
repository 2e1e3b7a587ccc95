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
}
