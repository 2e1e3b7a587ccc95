package org.ipspipeline.benchmarks.ipc;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.ipc.Progress.Counter;

/**
 * The contenders of {@code bench ipc} that are Java: a writing process that starts the reading ones, and prints what
 * {@code ipc_peer.c} prints for the others. Lines that warm the JVMs up come before those that count.
 */
public final class IpcPeer {

    static final String RING = "ring";
    static final String ZEROMQ = "zeromq";

    private static final int LINE_SIZE = 128;
    private static final int WARM_LINES = 100_000;
    private static final long PACE_NANOS = 100_000;
    private static final int MILLI = 1_000_000;
    private static final int QUIET_MILLIS = 500;
    private static final double MICRO = 1e3;

    private final String mechanism;
    private final int readers;
    private final long fast;
    private final int paced;
    private final Path directory;
    private final Progress progress;

    private IpcPeer(String mechanism, String readers, String fast, String paced, String directory) throws IOException {
        this.mechanism = mechanism;
        this.readers = Integer.parseInt(readers);
        this.fast = Long.parseLong(fast);
        this.paced = Integer.parseInt(paced);
        this.directory = Path.of(directory);
        this.progress = Progress.in(this.directory);
    }

    /**
     * Runs the writer, or one of its readers.
     *
     * @param arguments {@code MECHANISM READERS LINES PACED DIRECTORY [READER]}
     * @throws Exception when the run failed
     */
    public static void main(String[] arguments) throws Exception {
        IpcPeer peer = new IpcPeer(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
        if (arguments.length > 5) {
            new ReadingPeer(peer.progress, Integer.parseInt(arguments[5]), peer.fast, peer.paced).read(peer.receiver());
        } else {
            peer.write(arguments);
        }
    }

    private Transport.Sender sender() throws IOException {
        return mechanism.equals(RING) ? Transport.ringSender(directory, LINE_SIZE) : Transport.zeroMqSender(directory);
    }

    private Transport.Receiver receiver() throws IOException {
        return mechanism.equals(RING) ? Transport.ringReceiver(directory) : Transport.zeroMqReceiver(directory);
    }

    static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void write(String[] arguments) throws IOException, InterruptedException {
        List<Process> started = new ArrayList<>();
        try (Transport.Sender sender = sender()) {
            for (int i = 0; i < readers; i++) {
                List<String> all = new ArrayList<>(List.of(arguments));
                all.add(Integer.toString(i));
                started.add(JavaProcess.of(IpcPeer.class, all.toArray(String[]::new))
                        .start());
            }
            awaitReady(started);
            awaitFirstLine(sender);
            System.out.println(measure(sender, started).text());
        } finally {
            started.forEach(Process::destroyForcibly);
        }
    }

    private Figures measure(Transport.Sender sender, List<Process> started) throws InterruptedException {
        byte[] line = new byte[LINE_SIZE];
        ByteBuffer fields = ByteBuffer.wrap(line).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < WARM_LINES; i++) {
            fields.putLong(0, ReadingPeer.WARM);
            sender.send(line);
        }
        await(Counter.WARM, WARM_LINES);
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        for (long i = 0; i < fast; i++) {
            fields.putLong(0, i);
            sender.send(line);
        }
        long used = cpuNanos() - cpu;
        await(Counter.FAST, fast);
        progress.part(1);
        Thread.sleep(2 * TimeUnit.NANOSECONDS.toMillis(Transport.QUIET_NANOS));
        long next = System.nanoTime();
        for (int i = 0; i < paced; i++, next += PACE_NANOS) {
            LockSupport.parkNanos(next - System.nanoTime());
            fields.putLong(0, ReadingPeer.PACED).putLong(Long.BYTES, System.nanoTime());
            sender.send(line);
        }
        await(Counter.PACED, paced);
        progress.part(2);
        for (Process reader : started) {
            reader.waitFor();
        }
        return figures(begin, used);
    }

    private Figures figures(long begin, long writerCpu) {
        long last = begin + 1;
        long fewest = fast;
        long cpu = writerCpu;
        long lost = 0;
        long median = 0;
        long high = 0;
        for (int i = 0; i < readers; i++) {
            last = Math.max(last, progress.get(i, Counter.LAST_NANOS));
            fewest = Math.min(fewest, progress.get(i, Counter.FAST));
            cpu += progress.get(i, Counter.CPU_NANOS);
            lost = Math.max(lost, fast + paced - progress.get(i, Counter.FAST) - progress.get(i, Counter.PACED));
            median = Math.max(median, progress.get(i, Counter.MEDIAN_NANOS));
            high = Math.max(high, progress.get(i, Counter.HIGH_NANOS));
        }
        return new Figures(
                fewest * 1e9 / (last - begin), cpu / MICRO / Math.max(1, fast), lost, median / MICRO, high / MICRO);
    }

    private void awaitReady(List<Process> started) {
        for (int i = 0; i < readers; i++) {
            while (progress.get(i, Counter.READY) == 0) {
                if (!started.get(i).isAlive()) {
                    throw new IllegalStateException("reader " + i + " ended before it was ready");
                }
                LockSupport.parkNanos(MILLI);
            }
        }
    }

    /** Sends until every reader has got something: a subscription takes a while, and nobody tells the publisher of it. */
    private void awaitFirstLine(Transport.Sender sender) {
        byte[] line = new byte[LINE_SIZE];
        ByteBuffer.wrap(line).order(ByteOrder.LITTLE_ENDIAN).putLong(0, ReadingPeer.WARM);
        for (int i = 0; i < readers; i++) {
            while (progress.get(i, Counter.WARM) == 0) {
                sender.send(line);
                LockSupport.parkNanos(MILLI);
            }
        }
    }

    /** Waits until all readers have counted so far, or none has counted anything for half a second. */
    private void await(Counter counter, long goal) {
        long seen = -1;
        int quiet = 0;
        while (quiet < QUIET_MILLIS) {
            long sum = 0;
            long least = goal;
            for (int i = 0; i < readers; i++) {
                long value = progress.get(i, counter);
                sum += value;
                least = Math.min(least, value);
            }
            if (least >= goal) {
                return;
            }
            quiet = sum == seen ? quiet + 1 : 0;
            seen = sum;
            LockSupport.parkNanos(MILLI);
        }
    }
}
