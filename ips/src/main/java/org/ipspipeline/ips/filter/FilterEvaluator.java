package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.filter.Failure.IdentityKind;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.StepBudgetExceeded;
import org.ipspipeline.ips.filter.regex.Text;
import org.jspecify.annotations.Nullable;

/**
 * Applies a filter to the lines of one log, in their order. Remembers what the filter wants remembered: the form of dates,
 * connections, the last lines. For one thread at a time.
 */
public final class FilterEvaluator {

    private final Filter filter;
    private final EvaluationOptions options;
    private final LineDates dates;
    private final @Nullable Searcher prefix;
    private final List<Searcher> searchers;
    private final List<Searcher> ignorers;
    private final @Nullable LineWindow window;
    private final ConnectionMemory connections;
    private final AddressParser addresses = new AddressParser();
    private final Text line = new Text();
    private final Text stripped = new Text();
    private final Text content = new Text();
    private final Text ignorable = new Text();
    private final Counts counts;

    /**
     * @param filter the filter to apply
     * @param options how
     */
    public FilterEvaluator(Filter filter, EvaluationOptions options) {
        this.filter = filter;
        this.options = options;
        this.dates = new LineDates(filter.newDetector(), filter.dates().clock());
        FilterRegex prefregex = filter.prefregex();
        this.prefix = prefregex == null ? null : prefregex.regex().searcher();
        this.searchers = filter.failregexes().stream()
                .map(regex -> regex.regex().searcher())
                .toList();
        this.ignorers = filter.ignoreregexes().stream()
                .map(regex -> regex.regex().searcher())
                .toList();
        int maxLines = filter.definition().maxLines();
        this.window = maxLines > 1 ? new LineWindow(maxLines) : null;
        this.connections = new ConnectionMemory(filter.dates().clock());
        this.counts = new Counts(ignorers.size());
    }

    /** What became of the lines so far. */
    public static final class Counts {
        private final long[] ignoredBy;
        private long ignored;
        private long exceeded;

        private Counts(int ignorers) {
            this.ignoredBy = new long[ignorers];
        }

        /** How many failures an ignoreregex made none. */
        public long ignored() {
            return ignored;
        }

        /** How many failures one of the ignoreregexes made none. */
        public long ignoredBy(int ignoreregex) {
            return ignoredBy[ignoreregex];
        }

        /** How many lines were given up because the expressions took too many steps. */
        public long exceeded() {
            return exceeded;
        }
    }

    /** What became of the lines so far; it goes on counting. */
    public Counts counts() {
        return counts;
    }

    /** The filter that is applied. */
    public Filter filter() {
        return filter;
    }

    /** How it is applied. */
    public EvaluationOptions options() {
        return options;
    }

    /** How the dates of lines were told; it goes on counting. */
    public LineDates dates() {
        return dates;
    }

    /**
     * Judges a line.
     *
     * @param bytes hold it
     * @param from the index of its first byte
     * @param count how many bytes, without the newline
     * @return what the filter finds in it: unless all expressions are tried, at most one, and that a failure
     */
    public List<Failure> evaluate(byte[] bytes, int from, int count) {
        line.set(bytes, from, count, options.encoding());
        return evaluate(null, 0);
    }

    /** Judges a line that is a text already. */
    public List<Failure> evaluate(CharSequence text) {
        line.set(text);
        return evaluate(null, 0);
    }

    /**
     * Judges a line whose time is known from elsewhere, as the journal's: no date is looked for in it.
     *
     * @param text the line
     * @param micros its time, in microseconds since 1970
     */
    public List<Failure> evaluateDated(CharSequence text, long micros) {
        line.set(text);
        return evaluate("", micros);
    }

    private List<Failure> evaluate(@Nullable String knownDate, long micros) {
        try {
            line.allow(options.stepBudget());
            if (knownDate == null) {
                dates.detect(line);
            } else {
                dates.setKnown(micros);
            }
            stripped.setWithout(line, dates.cutFrom(), dates.cutTo());
            stripped.allow(line.stepsLeft());
            if (window != null) {
                window.add(dates.split(line));
            }
            return judge();
        } catch (StepBudgetExceeded e) {
            counts.exceeded++;
            return List.of();
        }
    }

    private List<Failure> judge() {
        List<LogLine> original = window == null ? List.of() : List.copyOf(window.lines());
        Text subject = stripped;
        if (window != null) {
            subject.set(LineWindow.text(original));
        }
        if (!ignorers.isEmpty() && ignorers.size() < searchers.size() - 2 && isIgnored(subject)) {
            return List.of();
        }
        Map<String, @Nullable Object> prefixGroups = Map.of();
        if (prefix != null) {
            if (!prefix.find(subject)) {
                return List.of();
            }
            subject = content(subject);
            prefixGroups = prefixGroups();
        }
        List<Failure> found = new ArrayList<>();
        for (int i = 0; i < searchers.size(); i++) {
            Searcher searcher = searchers.get(i);
            if (!searcher.find(subject)) {
                continue;
            }
            if (window != null) {
                window.divide(searcher, subject.toString(), original);
            }
            boolean ignored = !ignorers.isEmpty() && isIgnored(window == null ? subject : matchedText(window, subject));
            if (window != null) {
                window.removeMatched();
            }
            boolean goesOn = ignored ? options.allRegexes() : take(i, prefixGroups, found);
            if (!goesOn) {
                break;
            }
            if (window != null) {
                long left = subject.stepsLeft();
                subject.set(LineWindow.text(window.lines()));
                subject.allow(left);
            }
        }
        return found;
    }

    /** Adds what an expression has found. Returns whether the other expressions are tried too. */
    private boolean take(int index, Map<String, @Nullable Object> prefixGroups, List<Failure> found) {
        Map<String, @Nullable Object> groups = new LinkedHashMap<>(prefixGroups);
        groups.putAll(filter.failregexes().get(index).groups(searchers.get(index)));
        List<String> lines = window == null
                ? List.of(line.toString())
                : window.matched().stream().map(LogLine::whole).toList();
        Object connection = groups.get("mlfid");
        if (connection == null) {
            groups.put("matches", lines);
        } else {
            groups = connections.merge(connection.toString(), groups, lines);
        }
        boolean noFailure = !FilterRegex.isEmpty(groups.get("nofail"));
        if (noFailure && !options.allRegexes()) {
            return false;
        }
        Failure failure = failure(index, groups, noFailure);
        if (failure.identityKind() == IdentityKind.PENDING) {
            if (connection == null) {
                // Its group for the address took no part: the expression tells nothing.
                return true;
            }
            ConnectionMemory.setPending(groups);
            if (!options.allRegexes()) {
                return false;
            }
        }
        found.add(failure);
        return options.allRegexes();
    }

    private Failure failure(int index, Map<String, @Nullable Object> groups, boolean noFailure) {
        Object own = groups.get("fid");
        Object address = groups.get("ip4") != null ? groups.get("ip4") : groups.get("ip6");
        Object name = groups.get("dns");
        IdentityKind kind = IdentityKind.PENDING;
        Object identity = null;
        if (address != null) {
            identity = own == null ? address : own;
            kind = IdentityKind.ADDRESS;
        } else if (name != null) {
            identity = name;
            kind = filter.definition().useDns() == UseDns.RAW ? IdentityKind.TEXT : IdentityKind.HOST_NAME;
        } else if (own != null) {
            identity = own;
            kind = IdentityKind.TEXT;
        }
        if (kind != IdentityKind.PENDING && addresses.parseWhole(String.valueOf(identity))) {
            kind = IdentityKind.ADDRESS;
        }
        return new Failure(
                index,
                identity == null ? null : identity.toString(),
                kind,
                dates.micros(),
                noFailure,
                Collections.unmodifiableMap(new LinkedHashMap<>(groups)),
                ConnectionMemory.lines(groups, "matches"));
    }

    private Text content(Text subject) {
        int group = prefix == null ? -1 : prefix.regex().group("content");
        if (prefix == null || group < 0 || prefix.start(group) < 0 || prefix.start(group) == prefix.end(group)) {
            return subject;
        }
        content.setPart(subject, prefix.start(group), prefix.end(group));
        content.allow(subject.stepsLeft());
        return content;
    }

    private Map<String, @Nullable Object> prefixGroups() {
        FilterRegex prefregex = filter.prefregex();
        if (prefix == null || prefregex == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> groups = prefregex.groups(prefix);
        groups.remove("content");
        return groups;
    }

    private Text matchedText(LineWindow lines, Text subject) {
        ignorable.set(LineWindow.text(lines.matched()));
        ignorable.allow(subject.stepsLeft());
        return ignorable;
    }

    private boolean isIgnored(Text text) {
        for (int i = 0; i < ignorers.size(); i++) {
            if (ignorers.get(i).find(text)) {
                counts.ignored++;
                counts.ignoredBy[i]++;
                return true;
            }
        }
        return false;
    }
}
