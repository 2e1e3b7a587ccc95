package org.ipspipeline.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ipc.StartPosition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writing and reading a line in one thread: what the calls themselves cost, without another CPU at the same cache lines. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class RingBenchmark {

    private static final int BATCH = 64;
    private static final int LINE_SIZE = 128;

    private final byte[] line = BlockOfLines.line(0);
    private final LineBuffer batch = LineBuffer.ofLines(BATCH, LINE_SIZE);
    private final LineBuffer read = LineBuffer.ofLines(BATCH, LINE_SIZE);
    private Path directory;
    private Ring ring;
    private SegmentWriter writer;
    private RingReader reader;
    private SegmentReader segment;

    /** Makes the ring. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "ips-jmh-");
        Path path = directory.resolve("ring");
        ring = Ring.create(
                path, RingOptions.builder().lines(4096).lineSize(LINE_SIZE).build());
        writer = ring.claim(0);
        reader = ring.join(StartPosition.OLDEST);
        segment = reader.segment(0);
        while (batch.append(line, 0, line.length, Stamps.NONE)) {
            // Until it is full.
        }
    }

    /** A line published and read by itself. */
    @Benchmark
    public int singly() {
        int written = writer.write(line, 0, line.length, Stamps.NONE);
        read.clear();
        return written + segment.read(read, BATCH);
    }

    /** A line of a batch of 64. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int inBatches() {
        int written = writer.write(batch, 0, BATCH);
        read.clear();
        return written + segment.read(read, BATCH);
    }

    /** Removes the ring. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        writer.close();
        ring.close();
        Files.deleteIfExists(directory);
    }
}
