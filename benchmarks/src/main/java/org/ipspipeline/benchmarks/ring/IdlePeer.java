package org.ipspipeline.benchmarks.ring;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.RangeReader;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ipc.WaitStrategies;

/**
 * A reader that sleeps in the kernel between lines that come once a second. {@code reader} prints the share of a processor
 * that its process used, in per cent, and the longest time from a write to the line's delivery, in microseconds.
 */
public final class IdlePeer {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int WARM_UP_LINES = 2;
    private static final double PER_CENT = 100;
    private static final double NANOS_PER_MICRO = 1000;

    private IdlePeer() {}

    /**
     * Runs one side.
     *
     * @param arguments {@code reader|writer DIRECTORY LINES}
     */
    public static void main(String[] arguments) {
        Peers.endWithStarter();
        final Rendezvous place = new Rendezvous(Path.of(arguments[1]));
        final int lines = WARM_UP_LINES + Integer.parseInt(arguments[2]);
        if (arguments[0].equals("reader")) {
            read(place, lines);
        } else {
            write(place, lines);
        }
    }

    private static void write(Rendezvous place, int lines) {
        place.await("ready");
        final ByteBuffer line = ByteBuffer.allocate(Carrier.LINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (Ring ring = Ring.attach(place.path("ring"));
                SegmentWriter writer = ring.claim(0)) {
            final long begin = System.nanoTime();
            for (int i = 0; i < lines; i++) {
                for (long left = PERIOD_NANOS; left > 0; left = begin + (i + 1) * PERIOD_NANOS - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                // The clock is the machine's, the same in both processes.
                line.putLong(0, System.nanoTime());
                writer.write(line, 0, Carrier.LINE_SIZE, 1);
            }
            place.await("done");
        }
    }

    private static void read(Rendezvous place, int count) {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final RingOptions options =
                RingOptions.builder().lineSize(Carrier.LINE_SIZE).build();
        final LineBuffer lines = LineBuffer.ofLines(1, Carrier.LINE_SIZE);
        final long[] times = new long[count];
        try (Ring ring = Ring.create(place.path("ring"), options);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            place.announce("ready");
            final RangeReader range = reader.range(0, 1);
            long begin = 0;
            long processorTime = 0;
            for (int i = 0; i < count; i++) {
                lines.clear();
                while (range.read(lines, 1) == 0) {
                    range.await(WaitStrategies.futex(), PERIOD_NANOS);
                }
                times[i] = System.nanoTime() - lines.bytes().getLong(lines.start(0));
                if (i == WARM_UP_LINES - 1) {
                    begin = System.nanoTime();
                    processorTime = system.getProcessCpuTime();
                }
            }
            final double share = PER_CENT * (system.getProcessCpuTime() - processorTime) / (System.nanoTime() - begin);
            place.announce("done");
            final long longest =
                    Arrays.stream(times, WARM_UP_LINES, count).max().orElseThrow();
            System.out.println(share + " " + longest / NANOS_PER_MICRO);
        }
    }
}
