package org.ipspipeline.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.ring.RingSource;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A ring in which a block's lines wait. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class ParseState {

    /** Lines a block. */
    @Param({"1", "64"})
    public int lines;

    private Path directory;
    private Ring ring;
    private SegmentWriter writer;
    private LineSource source;
    private LineBlock block;
    private byte[] line;

    /** Makes the ring. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "ips-jmh-");
        Path path = directory.resolve("ring");
        ring = Ring.create(path, RingOptions.builder().lines(4096).lineSize(128).build());
        writer = ring.claim(0);
        source = RingSource.open("ring", path, StartPosition.OLDEST).get(0);
        block = new LineBlock(lines, lines * 128);
        line = BlockOfLines.line(0);
    }

    /** Writes what is then read. */
    @Setup(Level.Invocation)
    public void write() {
        block.clear();
        for (int i = 0; i < lines; i++) {
            writer.stage(line, 0, line.length, Stamps.now());
        }
        writer.publish();
    }

    LineBlock fill() throws IOException {
        source.fill(block.lines());
        return block;
    }

    /** Removes the ring. */
    @TearDown
    public void close() throws IOException {
        source.close();
        writer.close();
        ring.close();
        Files.deleteIfExists(directory);
    }
}
