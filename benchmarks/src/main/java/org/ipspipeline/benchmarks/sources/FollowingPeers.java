package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Row;

/**
 * Programs that follow the same growing log, one after the other, for 30 s at each rate: how far each is behind at the end, what it
 * used, and when it had banned everyone. How far it is behind is the time from the last lines, failures of a client of their
 * own, to that client's ban.
 */
final class FollowingPeers {

    static final String PATTERN = "Failed password for root from <HOST> port";
    static final int MAX_RETRY = 3;

    /** More than any of the programs needs to ban. */
    private static final int LAST_FAILURES = 8;

    private static final int[] RATES = {1_000, 10_000, 100_000, 500_000};
    private static final int CLIENTS = 254;
    private static final int SECONDS = 30;
    private static final int MOST_LAG_SECONDS = 60;
    private static final int SLICES = 200;
    private static final String LAST_CLIENT = "10.9.9.9";

    private final Bench bench;
    private final Path directory;

    FollowingPeers(Bench bench, Path directory) {
        this.bench = bench;
        this.directory = directory;
    }

    void run() throws Exception {
        for (Follower.Kind kind : Followers.all()) {
            if (!kind.missing().isEmpty()) {
                bench.lacks("following a growing log", kind.name(), kind.missing());
                continue;
            }
            for (int rate : RATES) {
                if (!follow(kind, rate)) {
                    break;
                }
            }
        }
    }

    /** False if it does not start, which is a row as well. */
    private boolean follow(Follower.Kind kind, int rate) throws Exception {
        bench.progress(kind.name() + " at " + rate + " lines/s");
        final Path own = Files.createDirectory(directory.resolve(kind.name() + "-" + rate));
        final Path log = Files.createFile(own.resolve("auth.log"));
        final Follower started;
        try {
            started = kind.start(own, log);
        } catch (IOException refused) {
            bench.lacks("following a growing log", kind.name(), String.valueOf(refused.getMessage()));
            return false;
        }
        try (Follower follower = started) {
            final double cpuBefore = ProcessUsage.cpuSeconds(follower.pid());
            final Outcome outcome = grow(log, rate, follower);
            final double cpu = ProcessUsage.cpuSeconds(follower.pid()) - cpuBefore;
            final String measure = String.format(Locale.ROOT, "%s, %,d lines/s for %d s: ", kind.name(), rate, SECONDS);
            bench.report(new Row(
                    measure + "behind at the end",
                    outcome.lagSeconds,
                    "s",
                    null,
                    Double.NaN,
                    Double.NaN,
                    String.format(
                            Locale.ROOT,
                            "%s%.0f lines/s written, %.1f s of CPU, %.0f MB, %s",
                            outcome.lagSeconds >= MOST_LAG_SECONDS ? "or more; " : "",
                            outcome.linesPerSecond,
                            cpu,
                            ProcessUsage.residentMegabytes(follower.pid()),
                            outcome.allBansAt < 0
                                    ? outcome.banned + " of " + CLIENTS + " clients banned"
                                    : String.format(Locale.ROOT, "all banned after %.2f s", outcome.allBansAt))));
        }
        Files.delete(log);
        return true;
    }

    private static Outcome grow(Path log, int rate, Follower follower) throws IOException, InterruptedException {
        final Outcome outcome = new Outcome();
        final String date = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT)
                .format(LocalDateTime.now(ZoneId.systemDefault()));
        final byte[][] lines = new byte[CLIENTS][];
        for (int i = 0; i < CLIENTS; i++) {
            lines[i] = line(date, "10.1.0." + (i + 1));
        }
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            final long begin = System.nanoTime();
            final int slice = rate / SLICES;
            long written = 0;
            for (int i = 0; i < SECONDS * SLICES; i++) {
                LockSupport.parkNanos(begin + i * (1_000_000_000L / SLICES) - System.nanoTime());
                out.write(block(lines, written, slice));
                written += slice;
                if (i % 10 == 0) {
                    outcome.look(follower, begin);
                }
            }
            outcome.linesPerSecond = written / ((System.nanoTime() - begin) / 1e9);
            final byte[] last = line(date, LAST_CLIENT);
            for (int i = 0; i < LAST_FAILURES; i++) {
                out.write(last);
            }
            final long end = System.nanoTime();
            while (!follower.banned().contains(LAST_CLIENT)
                    && System.nanoTime() - end < TimeUnit.SECONDS.toNanos(MOST_LAG_SECONDS)) {
                outcome.look(follower, begin);
                TimeUnit.MILLISECONDS.sleep(5);
            }
            outcome.lagSeconds = (System.nanoTime() - end) / 1e9;
            outcome.look(follower, begin);
        }
        return outcome;
    }

    private static byte[] block(byte[][] lines, long from, int count) {
        final byte[] block = new byte[count * lines[CLIENTS - 1].length];
        int at = 0;
        for (int i = 0; i < count; i++) {
            final byte[] line = lines[(int) ((from + i) % CLIENTS)];
            System.arraycopy(line, 0, block, at, line.length);
            at += line.length;
        }
        return java.util.Arrays.copyOf(block, at);
    }

    private static byte[] line(String date, String address) {
        return (date + " host sshd[4711]: Failed password for root from " + address + " port 40022 ssh2\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What came of one run. */
    private static final class Outcome {

        private double linesPerSecond;
        private double lagSeconds;
        private double allBansAt = -1;
        private long banned;

        void look(Follower follower, long begin) throws IOException {
            final Set<String> addresses = follower.banned();
            banned = addresses.stream()
                    .filter(address -> !address.equals(LAST_CLIENT))
                    .count();
            if (allBansAt < 0 && banned == CLIENTS) {
                allBansAt = (System.nanoTime() - begin) / 1e9;
            }
        }
    }
}
