package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In its steady state no call of writers or readers allocates for a line, in any kind of ring, full and empty ones included.
 * (A writer of a full ring allocates where it asks the kernel for readers that died, every 5 ms at most.)
 */
@Timeout(60)
class AllocationTest {

    private static final int WARM = 10_000;
    private static final int MEASURED = 10_000;
    private static final int LINE_SIZE = 128;
    private static final int BATCH = 16;
    private static final int CAPACITY = 64;
    private static final String FULL = "a full ring, and one that overran its reader";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] line = new byte[LINE_SIZE];
    private final byte[] tooLong = new byte[LINE_SIZE + 1];
    private final ByteBuffer wrapped = ByteBuffer.allocateDirect(LINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final LineBuffer batch = LineBuffer.ofLines(BATCH, LINE_SIZE);
    private final LineBuffer into = LineBuffer.ofLines(BATCH, LINE_SIZE);
    private long bytesSeen;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void noCallAllocates(boolean variable, boolean overwrite) {
        final RingOptions.Builder options =
                RingOptions.builder().lineSize(LINE_SIZE).overwrite(overwrite);
        final RingOptions shape =
                (variable ? options.variableLength(CAPACITY * LINE_SIZE) : options.lines(CAPACITY)).build();
        while (batch.append(line, 0, LINE_SIZE, 1)) {
            // Until it is full.
        }
        try (Ring ring = Ring.create(directory.resolve("ring"), shape);
                RingReader reader = ring.join(StartPosition.OLDEST);
                SegmentWriter writer = ring.claim(0)) {
            final SegmentReader segment = reader.segment(0);
            final RangeReader range = reader.range(0, 1);
            calls(writer, segment, range).forEach((name, call) -> {
                run(call, WARM);
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(call, MEASURED);
                final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                // An object has 16 bytes at least, so this is none for nearly every line.
                assertThat(allocated / (double) MEASURED).as(name).isLessThan(name.equals(FULL) ? CAPACITY : 1);
            });
            assertThat(bytesSeen).isPositive();
        }
    }

    private Map<String, Runnable> calls(SegmentWriter writer, SegmentReader segment, RangeReader range) {
        final LineHandler handler = (buffer, offset, length, stamp) -> bytesSeen += length;
        final Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("write(byte[]), read", () -> {
            writer.write(line, 0, LINE_SIZE, 1);
            read(segment, 1);
        });
        calls.put("write(ByteBuffer), poll", () -> {
            writer.write(wrapped, 0, LINE_SIZE, 1);
            segment.poll(handler, 1);
        });
        calls.put("stage, publish, read of a range", () -> {
            writer.stage(line, 0, LINE_SIZE, 1);
            writer.stage(wrapped, 0, LINE_SIZE, 1);
            writer.publish();
            into.clear();
            range.read(into, BATCH);
            range.readOrSteal(into, BATCH);
        });
        calls.put("write(LineBuffer), read", () -> {
            writer.write(batch, 0, BATCH);
            read(segment, BATCH);
        });
        calls.put("claim, commit, abort", () -> {
            if (writer.claim(LINE_SIZE) >= 0) {
                writer.commit(LINE_SIZE / 2, 1);
            }
            if (writer.claim(LINE_SIZE) >= 0) {
                writer.abort();
            }
            read(segment, BATCH);
        });
        calls.put("too long a line", () -> writer.write(tooLong, 0, tooLong.length, 1));
        calls.put(FULL, () -> {
            for (int i = 0; i < CAPACITY + BATCH; i++) {
                writer.write(line, 0, LINE_SIZE, 1);
            }
            read(segment, BATCH);
        });
        calls.put("an empty ring", () -> {
            while (read(segment, BATCH) > 0) {
                // Until it is.
            }
            bytesSeen += segment.hasLines() ? 1 : 0;
        });
        return calls;
    }

    private int read(SegmentReader segment, int limit) {
        into.clear();
        final int count = segment.read(into, limit);
        for (int i = 0; i < count; i++) {
            bytesSeen += into.length(i);
        }
        return count;
    }

    private static void run(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
