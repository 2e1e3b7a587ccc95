package org.ipspipeline.benchmarks.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.NativeProgram;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.ipc.Backing;
import org.ipspipeline.ips.command.UsageException;

/** Our ring beside a plain C ring, Agrona's, Aeron IPC and Chronicle Queue, between processes. */
public final class RingComparison implements Comparison {

    private static final String LINES_A_SECOND = "lines/s";
    private static final String PLAIN_C = "plain C ring";
    private static final int TRIPS = 300_000;
    private static final int IDLE_LINES = 15;
    private static final int SLOWER = 10;
    private static final int LARGE_SEGMENTS = 16;
    private static final int LARGE_LINES = 100_000;
    private static final int LARGE_ROUNDS = 3;
    private static final int LARGEST_BATCH = 256;

    private final Map<String, Group> groups = new LinkedHashMap<>();

    /** Some rows of the table. */
    @FunctionalInterface
    private interface Group {
        void run(Bench bench, Optional<Path> plain) throws Exception;
    }

    /** Knows the groups of rows. */
    public RingComparison() {
        groups.put("throughput", (bench, plain) -> new RingThroughput(bench, plain).run());
        groups.put("round-trip", RingComparison::roundTrip);
        groups.put("readers", (bench, plain) -> readers(bench));
        groups.put("overwrite", (bench, plain) -> overwrite(bench));
        groups.put("idle", (bench, plain) -> idle(bench));
        groups.put("batches", (bench, plain) -> batches(bench));
        groups.put("memory", (bench, plain) -> memory(bench));
    }

    @Override
    public String name() {
        return "ring";
    }

    @Override
    public String description() {
        return "the shared-memory ring between processes, beside its peers; choose rows with "
                + String.join(", ", groups.keySet());
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (String argument : bench.arguments()) {
            if (!groups.containsKey(argument)) {
                throw new UsageException(
                        "bench ring " + argument + ": no such rows; there are " + String.join(", ", groups.keySet()));
            }
        }
        final Optional<Path> plain = NativeProgram.compile("plain_ring.c", "-lpthread");
        for (Map.Entry<String, Group> group : groups.entrySet()) {
            if (bench.arguments().isEmpty() || bench.arguments().contains(group.getKey())) {
                group.getValue().run(bench, plain);
            }
        }
    }

    /**
     * Lines a second of a carrier, one process on each side.
     *
     * @param carrier the mechanism
     * @return the rate
     * @throws IOException when a process fails
     */
    static double throughput(Carrier carrier) throws IOException {
        return throughput(carrier, 1);
    }

    private static double throughput(Carrier carrier, int readers) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of(String.valueOf(readers)));
        arguments.addAll(carrier.arguments());
        try (Peers peers = new Peers()) {
            final int first = peers.start(ThroughputPeer.class, carrier.jvmOptions(), "reader", arguments);
            for (int i = 1; i < readers; i++) {
                peers.start(ThroughputPeer.class, carrier.jvmOptions(), "another-reader", arguments);
            }
            peers.start(ThroughputPeer.class, carrier.jvmOptions(), "writer", arguments);
            double rate = Double.parseDouble(peers.result(first));
            for (int i = 1; i < readers; i++) {
                rate += Double.parseDouble(peers.result(first + i));
            }
            return rate;
        }
    }

    /**
     * What the plain C ring measures.
     *
     * @param program compiled
     * @param measure its first argument
     * @param count lines or trips
     * @param batch lines that are published together
     * @return the value
     * @throws IOException when it fails
     */
    static double plain(Path program, String measure, int count, int batch) throws IOException {
        return Double.parseDouble(Peers.run(new ProcessBuilder(
                program.toString(),
                measure,
                String.valueOf(count),
                String.valueOf(batch),
                String.valueOf(Carrier.CAPACITY),
                String.valueOf(Carrier.LINE_SIZE))));
    }

    private static void roundTrip(Bench bench, Optional<Path> plain) throws Exception {
        final String measure = "round trip of a line, median";
        final String ours = "ours";
        final Contest contest = bench.contest(measure, "ns", Better.LOWER).contender(ours, () -> {
            try (Peers peers = new Peers()) {
                final int near = peers.start(RoundTripPeer.class, "near", String.valueOf(TRIPS));
                peers.start(RoundTripPeer.class, "far", String.valueOf(TRIPS));
                return Double.parseDouble(peers.result(near));
            }
        });
        plain.ifPresent(program -> contest.contender(PLAIN_C, () -> plain(program, "roundtrip", TRIPS, 1)));
        contest.run(bench.rounds());
        if (plain.isPresent()) {
            bench.report(contest.compare(ours, PLAIN_C));
        } else {
            bench.report(Row.alone(measure, contest.median(ours), "ns"));
            bench.lacks(measure, PLAIN_C, "gcc");
        }
    }

    private static void readers(Bench bench) throws Exception {
        final RingCarrier carrier = RingCarrier.ofBatches(RingCarrier.READ_LIMIT);
        final Contest contest = bench.contest(
                        "two readers that read all, lines delivered in all", LINES_A_SECOND, Better.HIGHER)
                .contender("two", () -> throughput(carrier, 2))
                .contender("one reader", () -> throughput(carrier, 1))
                .run(bench.rounds());
        bench.report(contest.compare("two", "one reader"));
    }

    private static void overwrite(Bench bench) throws Exception {
        final OverwriteAccounts accounts = new OverwriteAccounts();
        final double free = OverwriteAccounts.rateWithoutReader();
        final Contest contest = bench.contest(
                        "overwriting, a reader " + SLOWER + " times too slow: the writer",
                        LINES_A_SECOND,
                        Better.HIGHER)
                .contender("slow reader", () -> accounts.rateWithReader(free / SLOWER))
                .contender("no reader", OverwriteAccounts::rateWithoutReader)
                .run(bench.rounds());
        bench.report(contest.compare("slow reader", "no reader"));
        bench.report(Row.alone("  torn lines", (double) accounts.torn(), "lines"));
        bench.report(Row.alone("  delivered + lost - written", (double) accounts.missing(), "lines")
                .withNote(
                        String.format(Locale.ROOT, "%,d delivered, %,d lost", accounts.delivered(), accounts.lost())));
    }

    private static void idle(Bench bench) throws Exception {
        bench.progress("idle reader, " + IDLE_LINES + " s");
        try (Peers peers = new Peers()) {
            final int reader = peers.start(IdlePeer.class, "reader", String.valueOf(IDLE_LINES));
            peers.start(IdlePeer.class, "writer", String.valueOf(IDLE_LINES));
            final String[] result = peers.result(reader).split(" ", -1);
            bench.report(Row.alone("idle reader, 1 line/s: share of a processor", Double.parseDouble(result[0]), "%")
                    .withNote("the whole process, its JVM's own threads included"));
            bench.report(Row.alone("  time to wake, p99", Double.parseDouble(result[1]), "us")
                    .withNote("the longest of " + IDLE_LINES));
        }
    }

    private static void batches(Bench bench) throws Exception {
        final Map<Integer, Double> rates = new LinkedHashMap<>();
        for (int batch = 1; batch <= LARGEST_BATCH; batch *= 2) {
            bench.progress("batches of " + batch);
            rates.put(batch, throughput(RingCarrier.ofBatches(batch).readLimit(batch)));
        }
        final double best =
                rates.values().stream().mapToDouble(rate -> rate).max().orElseThrow();
        rates.forEach((batch, rate) ->
                bench.report(Row.alone("written and read in batches of " + batch, rate, LINES_A_SECOND)
                        .withNote(String.format(
                                Locale.ROOT,
                                "one run; %.0f %% of the time is more than the fastest batch takes a line",
                                100 * (1 - rate / best)))));
    }

    private static void memory(Bench bench) throws Exception {
        final String measure = LARGE_SEGMENTS + " segments of " + LARGE_LINES + " lines";
        final String small = "4 KiB pages";
        final Contest contest = bench.contest(measure, LINES_A_SECOND, Better.HIGHER)
                .contender(small, () -> throughput(large(Backing.FILE)))
                .contender("System V", () -> throughput(large(Backing.SYSTEM_V)));
        final boolean huge = HugePages.areFree((long) LARGE_SEGMENTS * 2 * LARGE_LINES * Carrier.LINE_SIZE);
        if (huge) {
            contest.contender("huge pages", () -> throughput(large(Backing.HUGE_PAGES)));
        }
        contest.run(Math.min(LARGE_ROUNDS, bench.rounds()));
        bench.report(contest.compare("System V", small).withMeasure(measure + ", System V"));
        if (huge) {
            bench.report(contest.compare("huge pages", small).withMeasure(measure + ", huge pages"));
        } else {
            bench.lacks(measure + ", huge pages", small, "free huge pages (vm.nr_hugepages)");
        }
    }

    private static RingCarrier large(Backing backing) {
        return RingCarrier.ofBatches(RingCarrier.READ_LIMIT).large(backing, LARGE_SEGMENTS, LARGE_LINES);
    }
}
