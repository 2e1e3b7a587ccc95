package org.ipspipeline.benchmarks.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.Row;

/** Who carries most lines a second from one process to another: all contenders in one contest. */
final class RingThroughput {

    private static final String UNIT = "lines/s";
    private static final int BATCH = 64;
    private static final int BATCHED_LINES = 40_000_000;
    private static final int SINGLE_LINES = 20_000_000;
    private static final int MUTEX_LINES = 20_000_000;

    private static final String BATCHES = "in batches of " + BATCH;
    private static final String IN_PLACE = BATCHES + ", read in place";
    private static final String SINGLY = "published singly";
    private static final String SINGLY_IN_PLACE = SINGLY + ", read in place";
    private static final String OVERWRITING = BATCHES + ", overwriting";
    private static final String C_BATCHES = "plain C ring, batches";
    private static final String C_SINGLY = "plain C ring, singly";
    private static final String C_MUTEX = "plain C ring under a mutex, batches";
    private static final String ONE_TO_ONE = "Agrona OneToOneRingBuffer";
    private static final String MANY_TO_ONE = "Agrona ManyToOneRingBuffer";
    private static final String AERON = "Aeron IPC";
    private static final String CHRONICLE = "Chronicle Queue";

    private final Bench bench;
    private final Contest contest;
    private final boolean hasPlain;
    private final Set<String> running = new LinkedHashSet<>();

    RingThroughput(Bench bench, Optional<Path> plain) {
        this.bench = bench;
        this.hasPlain = plain.isPresent();
        this.contest = bench.contest("lines of " + Carrier.LINE_SIZE + " bytes", UNIT, Better.HIGHER);
        final RingCarrier batches = RingCarrier.ofBatches(BATCH);
        add(BATCHES, batches);
        add(IN_PLACE, batches.readInPlace());
        add(SINGLY, RingCarrier.ofBatches(1));
        add(SINGLY_IN_PLACE, RingCarrier.ofBatches(1).readInPlace());
        add(OVERWRITING, batches.overwriting());
        plain.ifPresent(program -> {
            contest.contender(C_BATCHES, () -> RingComparison.plain(program, "throughput", BATCHED_LINES, BATCH));
            contest.contender(C_SINGLY, () -> RingComparison.plain(program, "throughput", SINGLE_LINES, 1));
            contest.contender(C_MUTEX, () -> RingComparison.plain(program, "mutex", MUTEX_LINES, BATCH));
        });
    }

    private void add(String name, Carrier carrier) {
        contest.contender(name, () -> RingComparison.throughput(carrier));
    }

    void run() throws Exception {
        addIfItRuns(ONE_TO_ONE, new AgronaCarrier(false));
        addIfItRuns(MANY_TO_ONE, new AgronaCarrier(true));
        addIfItRuns(AERON, new AeronCarrier());
        addIfItRuns(CHRONICLE, new ChronicleCarrier());
        contest.run(bench.rounds());
        if (hasPlain) {
            compare(BATCHES, C_BATCHES);
            compare(IN_PLACE, C_BATCHES);
            compare(SINGLY, C_SINGLY);
            compare(BATCHES, C_MUTEX);
        } else {
            bench.report(Row.alone("lines " + BATCHES, contest.median(BATCHES), UNIT));
            bench.lacks("lines " + BATCHES, "plain C ring", "gcc");
        }
        compare(SINGLY, ONE_TO_ONE);
        compare(SINGLY, MANY_TO_ONE);
        // As Agrona's are read.
        compare(SINGLY_IN_PLACE, ONE_TO_ONE);
        compare(SINGLY_IN_PLACE, MANY_TO_ONE);
        compare(BATCHES, ONE_TO_ONE);
        compare(BATCHES, MANY_TO_ONE);
        compare(BATCHES, AERON);
        compare(BATCHES, CHRONICLE);
        bench.report(contest.compare(OVERWRITING, BATCHES)
                .withMeasure("lines " + OVERWRITING)
                .withNote("lines that were read, not those lost"));
    }

    /** A contender that this JVM cannot run becomes a row that says so. */
    private void addIfItRuns(String name, Carrier carrier) {
        try {
            RingComparison.throughput(carrier);
            add(name, carrier);
            running.add(name);
        } catch (IOException failure) {
            bench.report(new Row(
                    "lines " + BATCHES,
                    Double.NaN,
                    "",
                    name,
                    Double.NaN,
                    Double.NaN,
                    "not run: " + failure.getMessage() + " on Java "
                            + Runtime.version().feature()));
        }
    }

    private void compare(String ours, String theirs) {
        if (theirs.startsWith("plain") || running.contains(theirs)) {
            final Row row = contest.compare(ours, theirs).withMeasure("lines " + ours);
            final boolean unlike = ours.equals(BATCHES) && running.contains(theirs);
            bench.report(unlike ? row.withNote("publishes singly") : row);
        }
    }
}
