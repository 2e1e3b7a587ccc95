package org.ipspipeline.ips.scan.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.FilterEvaluator;

/** Counts what lines came to. For one thread. */
final class FilterTally {

    /** Beyond these, further identities are not told apart. */
    private static final int MAX_IDENTITIES = 1_000_000;

    private static final int MAX_MISSED_SHOWN = 20;
    private static final int TOP = 10;

    private final FilterDefinition filter;
    private final long[] hits;
    private final Map<String, long[]> identities = new HashMap<>();
    private final List<String> missedLines = new ArrayList<>();
    private long lines;
    private long bytes;
    private long matches;
    private long ignored;
    private long hostNames;
    private boolean complete = true;

    FilterTally(FilterDefinition filter) {
        this.filter = filter;
        this.hits = new long[filter.failregexes().size()];
    }

    void addLine(int length) {
        lines++;
        bytes += length + 1L;
    }

    void addMatch(Failure failure) {
        matches++;
        hits[failure.regex()]++;
        if (failure.identityKind() == Failure.IdentityKind.HOST_NAME) {
            hostNames++;
        }
        String identity = String.valueOf(failure.identity());
        if (identities.size() < MAX_IDENTITIES || identities.containsKey(identity)) {
            identities.computeIfAbsent(identity, key -> new long[1])[0]++;
        } else {
            complete = false;
        }
    }

    /** Another expression has matched a line that is counted already. */
    void addFurther(int regex) {
        hits[regex]++;
    }

    /** An expression has matched that tells something about a connection, but is no failure. */
    void addHelper(int regex) {
        hits[regex]++;
    }

    void addIgnored() {
        ignored++;
    }

    boolean wantsMissedLines() {
        return missedLines.size() < MAX_MISSED_SHOWN;
    }

    void addMissed(String line) {
        missedLines.add(line);
    }

    FilterResult result(FilterEvaluator evaluator, double seconds) {
        return new FilterResult(
                filter.name(),
                filter.place(),
                lines,
                bytes,
                matches,
                ignored,
                evaluator.dates().dated(),
                evaluator.dates().undated(),
                evaluator.counts().exceeded(),
                hostNames,
                identities.size(),
                complete,
                top(),
                hits(filter.failregexes(), regex -> hits[regex]),
                hits(filter.ignoreregexes(), regex -> evaluator.counts().ignoredBy(regex)),
                List.copyOf(missedLines),
                seconds);
    }

    private List<FilterResult.Identity> top() {
        return identities.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(entry -> -entry.getValue()[0])
                        .thenComparing(Map.Entry::getKey))
                .limit(TOP)
                .map(entry -> new FilterResult.Identity(entry.getKey(), entry.getValue()[0]))
                .toList();
    }

    private static List<FilterResult.Hits> hits(List<String> regexes, IntToLongFunction count) {
        List<FilterResult.Hits> hits = new ArrayList<>();
        for (int i = 0; i < regexes.size(); i++) {
            hits.add(new FilterResult.Hits(i + 1, regexes.get(i), count.applyAsLong(i)));
        }
        return hits;
    }
}
