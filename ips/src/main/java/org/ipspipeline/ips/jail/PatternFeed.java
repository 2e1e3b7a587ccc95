package org.ipspipeline.ips.jail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.LineSource;

/** A source whose lines are matched by patterns that remember nothing, all of one jail. */
public final class PatternFeed implements Feed {

    private final LineSource source;
    private final PatternMatchers matchers;
    private final int jail;

    /** Whether it tells the matchers' figures: one of those that share them does. */
    private final boolean speaks;

    private PatternFeed(LineSource source, PatternMatchers matchers, int jail, boolean speaks) {
        this.source = source;
        this.matchers = matchers;
        this.jail = jail;
        this.speaks = speaks;
    }

    /**
     * The same patterns for several sources.
     *
     * @param sources where lines come from
     * @param matchers shared by all of them
     * @param jail the jail's number
     * @return a feed a source
     */
    public static List<Feed> of(List<LineSource> sources, PatternMatchers matchers, int jail) {
        List<Feed> feeds = new ArrayList<>();
        for (LineSource source : sources) {
            feeds.add(new PatternFeed(source, matchers, jail, feeds.isEmpty()));
        }
        return feeds;
    }

    @Override
    public LineSource source() {
        return source;
    }

    @Override
    public Judge judge(int worker) {
        return matchers.of(worker)::match;
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public int jail(int pattern) {
        return jail;
    }

    @Override
    public boolean serves(int number) {
        return number == jail;
    }

    @Override
    public long overBudget() {
        return speaks ? matchers.overBudget() : 0;
    }

    @Override
    public long cutLines() {
        return speaks ? matchers.cutLines() : 0;
    }

    /** A matcher for each worker. Any thread may ask. */
    public static final class PatternMatchers {

        private final PatternSet patterns;
        private final Map<Integer, BlockMatcher> byWorker = new ConcurrentHashMap<>();

        /**
         * Makes none yet.
         *
         * @param patterns which lines are failures
         */
        public PatternMatchers(PatternSet patterns) {
            this.patterns = patterns;
        }

        BlockMatcher of(int worker) {
            return byWorker.computeIfAbsent(worker, number -> patterns.newMatcher());
        }

        /** {@return what looks for literals} */
        public String engine() {
            return patterns.engine();
        }

        /** {@return how many times a pattern was given up on a line because it needed too many steps; close to the present} */
        public long overBudget() {
            return byWorker.values().stream()
                    .mapToLong(BlockMatcher::overBudget)
                    .sum();
        }

        /** {@return how many lines were longer than the limit, so that only their beginning was looked at; close to the present} */
        public long cutLines() {
            return byWorker.values().stream().mapToLong(BlockMatcher::cutLines).sum();
        }
    }
}
