package org.ipspipeline.benchmarks.ban;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.DryRunEnforcer;

/**
 * A JVM that counts one failure each of many IPv6 addresses with room for fewer, and prints how many lines it counted a second, and
 * by how much its resident memory is above what it was with exactly as many addresses as there is room for, as a part of the
 * configured bound.
 */
public final class TrackingPeer {

    private static final int RING_LINES = 1 << 16;
    private static final int MAX_RETRY = 5;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private TrackingPeer() {}

    /**
     * Runs.
     *
     * @param arguments how many addresses come; for how many there is room
     * @throws Exception when something does not work
     */
    public static void main(String[] arguments) throws Exception {
        int addresses = Integer.parseInt(arguments[0]);
        int bound = Integer.parseInt(arguments[1]);
        try (RingDaemon daemon = new RingDaemon(RING_LINES, MAX_RETRY, bound, 1024, new DryRunEnforcer())) {
            daemon.begin();
            OffendingLines lines = new OffendingLines(Family.IPV6);
            count(daemon, lines, 0, bound);
            long before = residentBytes();
            long begin = System.nanoTime();
            // As many again that are known: the rate with exactly as many as there is room for.
            for (int done = 0; done < addresses; done += bound) {
                count(daemon, lines, addresses == bound ? 0 : bound + done, bound);
            }
            double rate = addresses * 1e9 / (System.nanoTime() - begin);
            double growth = residentBytes() - before;
            System.out.println(rate + " " + growth / ((double) bound * FailureTable.BYTES_AN_ADDRESS));
        }
        System.exit(0);
    }

    private static void count(RingDaemon daemon, OffendingLines lines, int from, int count) {
        long before = daemon.daemon().status().lines();
        lines.writeAll(daemon.writer(), from, count);
        while (daemon.daemon().status().lines() < before + count) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long residentBytes() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IllegalStateException("/proc/self/status has no VmRSS");
    }
}
