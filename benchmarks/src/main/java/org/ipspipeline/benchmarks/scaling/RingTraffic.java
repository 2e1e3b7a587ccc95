package org.ipspipeline.benchmarks.scaling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ipc.StartPosition;
import org.jspecify.annotations.Nullable;

/** Threads that write to the segments of a lossless ring, and threads that each read all of it. */
final class RingTraffic {

    private static final int BATCH = 64;
    private static final int LINE_SIZE = 128;
    private static final int LINES_A_SEGMENT = 16_384;

    /** Whoever has nothing to do leaves the CPU to the others: there are more threads than CPUs. */
    private static final long PAUSE_NANOS = 1_000;

    private static final byte[] LINE =
            "2026-11-24 10:00:00 client 192.168.0.17 exceeded request rate limit".getBytes(StandardCharsets.US_ASCII);

    private final int writers;
    private final int readers;
    private final long linesAWriter;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param writers threads, each with a segment of its own
     * @param readers threads, each reading every line
     * @param lines written in all
     */
    RingTraffic(int writers, int readers, long lines) {
        this.writers = writers;
        this.readers = readers;
        this.linesAWriter = lines / writers;
    }

    /** Lines a second, until every reader has read all. */
    double linesPerSecond() throws IOException, InterruptedException {
        Path memory = Path.of("/dev/shm");
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "ips-bench-scaling-")
                : Files.createTempDirectory("ips-bench-scaling-");
        try (Ring ring = Ring.create(
                directory.resolve("ring"),
                RingOptions.builder()
                        .segments(writers)
                        .readers(readers)
                        .lines(LINES_A_SEGMENT)
                        .lineSize(LINE_SIZE)
                        .build())) {
            return run(ring);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.delete(directory);
        }
    }

    private double run(Ring ring) throws InterruptedException, IOException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            RingReader reader = ring.join(StartPosition.OLDEST);
            threads.add(thread(start, () -> read(reader)));
        }
        for (int i = 0; i < writers; i++) {
            SegmentWriter writer = ring.claim(i);
            threads.add(thread(start, () -> write(writer)));
        }
        threads.forEach(Thread::start);
        long begin = System.nanoTime();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Throwable broken = failure.get();
        if (broken != null) {
            throw new IOException("a thread failed: " + broken, broken);
        }
        return writers * linesAWriter / seconds;
    }

    private Thread thread(CountDownLatch start, Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                start.await();
                work.run();
            } catch (InterruptedException | RuntimeException broken) {
                failure.compareAndSet(null, broken);
            }
        });
        thread.setDaemon(true);
        return thread;
    }

    private void write(SegmentWriter writer) {
        try (writer) {
            LineBuffer lines = LineBuffer.ofLines(BATCH, LINE_SIZE);
            for (int i = 0; i < BATCH; i++) {
                lines.append(LINE, 0, LINE.length, Stamps.now());
            }
            long left = linesAWriter;
            while (left > 0) {
                int written = writer.write(lines, 0, (int) Math.min(left, BATCH));
                if (written > 0) {
                    left -= written;
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void read(RingReader reader) {
        try (reader) {
            LineBuffer lines = LineBuffer.ofLines(BATCH, LINE_SIZE);
            long left = writers * linesAWriter;
            while (left > 0) {
                int read = 0;
                for (int segment = 0; segment < reader.segments(); segment++) {
                    lines.clear();
                    read += reader.segment(segment).read(lines, BATCH);
                }
                left -= read;
                if (read == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }
}
