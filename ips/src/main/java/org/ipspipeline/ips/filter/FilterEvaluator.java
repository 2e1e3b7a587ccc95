package org.ipspipeline.ips.filter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.address.AddressPrefix;
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
    private final ByteBuffer address = ByteBuffer.allocate(AddressParser.LONGEST_TEXT);
    private final Text line = new Text();
    private final Text stripped = new Text();
    private final Text content = new Text();
    private final Text ignorable = new Text();
    private final Counts counts;
    private final Finding finding = new Finding(this);
    /** Of each failregex, where verdicts are plain; null where they are not. */
    private final @Nullable List<RegexGroups> plainGroups;

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
        this.plainGroups = filter.isPlain() && !options.allRegexes()
                ? filter.failregexes().stream()
                        .map(regex -> RegexGroups.of(regex.regex(), prefregex == null ? null : prefregex.regex()))
                        .toList()
                : null;
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
        return evaluate(false, 0, RegexChoice.ALL);
    }

    /** Judges a line that is a text already. */
    public List<Failure> evaluate(CharSequence text) {
        line.set(text);
        return evaluate(false, 0, RegexChoice.ALL);
    }

    /**
     * Judges a line whose time is known from elsewhere, as the journal's: no date is looked for in it.
     *
     * @param text the line
     * @param micros its time, in microseconds since 1970
     */
    public List<Failure> evaluateDated(CharSequence text, long micros) {
        line.set(text);
        return evaluate(true, micros, RegexChoice.ALL);
    }

    /**
     * Looks for the first failure of a line, as {@link #evaluate(byte[], int, int)} does; a plain verdict over a line allocates
     * nothing.
     *
     * @param bytes hold the line
     * @param from the index of its first byte
     * @param count how many bytes, without the newline
     * @param choice the expressions that may match; {@link RegexChoice#ALL} if {@link Filter#remembersLines()} for more lines than one
     * @param knownMicros the line's time if it is known, so that no date is looked for; else {@link Failure#NO_TIME}
     * @return the failure, valid until the next line; null for none
     */
    public @Nullable Finding find(byte[] bytes, int from, int count, RegexChoice choice, long knownMicros) {
        line.set(bytes, from, count, options.encoding());
        List<RegexGroups> groups = plainGroups;
        if (groups == null) {
            return firstOf(evaluate(knownMicros != Failure.NO_TIME, knownMicros, choice));
        }
        try {
            strip(knownMicros != Failure.NO_TIME, knownMicros);
            return judge(groups, choice);
        } catch (StepBudgetExceeded e) {
            counts.exceeded++;
            return null;
        }
    }

    private @Nullable Finding firstOf(List<Failure> failures) {
        for (Failure failure : failures) {
            if (failure.isFailure()) {
                boolean addressed = failure.parseAddress(addresses);
                finding.set(failure, addressed, addressed ? addresses.high() : 0, addressed ? addresses.low() : 0);
                return finding;
            }
        }
        return null;
    }

    private @Nullable Finding judge(List<RegexGroups> groups, RegexChoice choice) {
        Text subject = stripped;
        if (prefix != null) {
            if (!prefix.find(subject)) {
                return null;
            }
            subject = content(subject);
        }
        for (int i = choice.next(0); i >= 0 && i < searchers.size(); i = choice.next(i + 1)) {
            Searcher searcher = searchers.get(i);
            if (!searcher.find(subject)) {
                continue;
            }
            if (!ignorers.isEmpty() && isIgnored(subject)) {
                return null;
            }
            RegexGroups places = groups.get(i);
            if (length(places.noFailure(), searcher) > 0) {
                return null;
            }
            boolean addressed = readAddress(places, searcher, subject);
            if (addressed
                    || takesPart(places.ipv4(), searcher)
                    || takesPart(places.ipv6(), searcher)
                    || takesPart(places.name(), searcher)
                    || takesPart(places.ownIdentity(), searcher)) {
                finding.set(i, addressed, addresses.high(), addresses.low(), dates.micros());
                return finding;
            }
            // Its group for the address took no part: the expression tells nothing.
        }
        return null;
    }

    private boolean takesPart(RegexGroups.Place place, Searcher searcher) {
        return length(place, searcher) >= 0;
    }

    /** The length of a group, -1 if it took no part. */
    private int length(RegexGroups.Place place, Searcher searcher) {
        Searcher match = searcherOf(place, searcher);
        int start = match == null ? -1 : match.start(place.group());
        return start < 0 || match == null ? -1 : match.end(place.group()) - start;
    }

    private @Nullable Searcher searcherOf(RegexGroups.Place place, Searcher searcher) {
        if (place.group() < 0) {
            return null;
        }
        return place.inPrefix() ? prefix : searcher;
    }

    /** Reads the first of the groups that took part, as {@link Failure#parseAddress} does. */
    private boolean readAddress(RegexGroups places, Searcher searcher, Text subject) {
        RegexGroups.Place place = takesPart(places.ipv4(), searcher) ? places.ipv4() : places.ipv6();
        if (takesPart(place, searcher) && parse(place, searcher, subject)) {
            return true;
        }
        boolean own = takesPart(places.ownIdentity(), searcher)
                && (takesPart(place, searcher) || !takesPart(places.name(), searcher));
        RegexGroups.Place identity = own ? places.ownIdentity() : places.name();
        return takesPart(identity, searcher) && parse(identity, searcher, subject);
    }

    private boolean parse(RegexGroups.Place place, Searcher searcher, Text subject) {
        Searcher match = searcherOf(place, searcher);
        int length = length(place, searcher);
        if (match == null || length <= 0 || length > AddressParser.LONGEST_TEXT) {
            return false;
        }
        Text text = place.inPrefix() ? stripped : subject;
        int start = match.start(place.group());
        for (int i = 0; i < length; i++) {
            // Digits that are not ASCII match \d too: they are no address.
            char c = text.at(start + i);
            address.put(i, c < 0x80 ? (byte) c : 0);
        }
        return addresses.parseWhole(address, 0, length);
    }

    /** What the last match of an expression tells in full. */
    Failure gather(int index) {
        Map<String, @Nullable Object> groups = new LinkedHashMap<>(prefixGroups());
        groups.putAll(filter.failregexes().get(index).groups(searchers.get(index)));
        groups.put("matches", List.of(line.toString()));
        return failure(index, groups, false);
    }

    private void strip(boolean isTimeKnown, long micros) {
        line.allow(options.stepBudget());
        if (isTimeKnown) {
            dates.setKnown(micros);
        } else {
            dates.detect(line);
        }
        stripped.setWithout(line, dates.cutFrom(), dates.cutTo());
        stripped.allow(line.stepsLeft());
    }

    private List<Failure> evaluate(boolean isTimeKnown, long micros, RegexChoice choice) {
        try {
            strip(isTimeKnown, micros);
            if (window != null) {
                window.add(dates.split(line));
            }
            return judge(choice);
        } catch (StepBudgetExceeded e) {
            counts.exceeded++;
            return List.of();
        }
    }

    private List<Failure> judge(RegexChoice choice) {
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
        for (int i = choice.next(0); i >= 0 && i < searchers.size(); i = choice.next(i + 1)) {
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
            identity = own == null ? network(address.toString(), groups.get("cidr")) : own;
            kind = IdentityKind.ADDRESS;
        } else if (name != null) {
            identity = name;
            kind = filter.definition().useDns() == UseDns.RAW ? IdentityKind.TEXT : IdentityKind.HOST_NAME;
        } else if (own != null) {
            identity = own;
            kind = IdentityKind.TEXT;
        }
        if (kind != IdentityKind.PENDING
                && kind != IdentityKind.ADDRESS
                && addresses.parseWhole(String.valueOf(identity))) {
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

    /** The network that an address and the length of a prefix name; the address alone where the length makes no sense. */
    private String network(String address, @Nullable Object length) {
        if (FilterRegex.isEmpty(length) || "0".equals(length)) {
            return canonical(address);
        }
        AddressPrefix prefix = AddressPrefix.parse(address + "/" + length);
        return prefix == null ? canonical(address) : prefix.toString();
    }

    /** One address has one text, however the line writes it. */
    private String canonical(String address) {
        return addresses.parseWhole(address) ? AddressFormatter.toString(addresses.high(), addresses.low()) : address;
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
