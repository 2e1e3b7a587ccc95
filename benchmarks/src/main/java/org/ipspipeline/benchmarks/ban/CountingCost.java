package org.ipspipeline.benchmarks.ban;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.collections.impl.map.mutable.primitive.LongIntHashMap;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectIntHashMap;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;

/**
 * One failure of a known address: our table, which keeps the time of the first and the last failure, the jail and the ban, is bounded and
 * shared by all workers; beside Eclipse Collections' maps, which only add one, for one thread and without a bound.
 */
final class CountingCost {

    private static final String OURS = "our table";
    private static final String ECLIPSE = "Eclipse Collections, count only";
    private static final int[] CLIENTS = {65_536, 600_000};
    private static final int FAILURES = 2_000_000;

    private record Address(long high, long low) {}

    private CountingCost() {}

    static void measure(Bench bench) throws Exception {
        for (int clients : CLIENTS) {
            for (Family family : Family.values()) {
                int[] order = new SplittableRandom(1).ints(FAILURES, 0, clients).toArray();
                FailureTable table = new FailureTable(clients, AddressHash.random(), System.nanoTime());
                FailureCounter counter = new FailureCounter(table);
                FailureRule rule = new FailureRule(0, FailureRule.MAX_RETRY, TimeUnit.DAYS.toNanos(1), 1);
                Contest contest = bench.contest(
                                "a failure of one of " + clients + " " + family.title() + " clients",
                                "ns",
                                Better.LOWER)
                        .contender(OURS, () -> ours(counter, rule, family, order));
                if (family == Family.IPV4) {
                    LongIntHashMap counts = new LongIntHashMap(2 * clients);
                    contest.contender(ECLIPSE, () -> eclipse(counts, family, order));
                } else {
                    ObjectIntHashMap<Address> counts = new ObjectIntHashMap<>(2 * clients);
                    contest.contender(ECLIPSE, () -> eclipse(counts, family, order));
                }
                contest.run(bench.rounds());
                bench.report(contest.compare(OURS, ECLIPSE));
            }
        }
    }

    private static double ours(FailureCounter counter, FailureRule rule, Family family, int[] order) {
        long begin = System.nanoTime();
        counter.begin(begin);
        for (int client : order) {
            counter.fail(family.high(), family.low(client), rule, 1, begin, begin);
        }
        return (System.nanoTime() - begin) / (double) order.length;
    }

    private static double eclipse(LongIntHashMap counts, Family family, int[] order) {
        long begin = System.nanoTime();
        for (int client : order) {
            counts.addToValue(family.low(client), 1);
        }
        return (System.nanoTime() - begin) / (double) order.length;
    }

    private static double eclipse(ObjectIntHashMap<Address> counts, Family family, int[] order) {
        long begin = System.nanoTime();
        for (int client : order) {
            counts.addToValue(new Address(family.high(), family.low(client)), 1);
        }
        return (System.nanoTime() - begin) / (double) order.length;
    }
}
