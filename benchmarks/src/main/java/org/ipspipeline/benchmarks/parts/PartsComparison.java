package org.ipspipeline.benchmarks.parts;

import java.util.List;
import java.util.Locale;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Contest;

/** {@code bench parts}: addresses, counting and map updates, one at a time. */
public final class PartsComparison implements Comparison {

    private static final String OURS = "ours";

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public PartsComparison() {}

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public String description() {
        return "addresses, counting and map updates in one thread, beside the JDK";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (boolean ipv4 : List.of(true, false)) {
            String family = ipv4 ? "IPv4" : "IPv6";
            AddressTexts texts = new AddressTexts(ipv4);
            duel(bench, "format an address, " + family, texts::format, "InetAddress", texts::formatByJdk);
            duel(bench, "parse an address, " + family, texts::parse, "InetAddress", texts::parseByJdk);
        }
        for (int addresses : new int[] {254, 65_534, 1 << 20}) {
            Counting counting = new Counting(addresses);
            String measure = String.format(Locale.ROOT, "count a failure, %,d addresses", addresses);
            duel(bench, measure, counting::count, "ConcurrentHashMap", counting::countByJdk);
        }
        MapUpdates.run(bench);
    }

    private static void duel(
            Bench bench, String measure, Contest.Measurement ours, String rival, Contest.Measurement theirs)
            throws Exception {
        bench.report(bench.contest(measure, "ns", Better.LOWER)
                .contender(OURS, ours)
                .contender(rival, theirs)
                .run(bench.rounds())
                .compare(OURS, rival));
    }
}
