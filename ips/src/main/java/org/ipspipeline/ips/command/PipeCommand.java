package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.FullPolicy;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.ring.RingFiller;
import org.ipspipeline.ips.source.stream.StreamSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline pipe}: lines from the standard input into a ring. */
@Command(
        name = "pipe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the lines of the standard input into a ring, which is made if there is none: for servers that give",
            "their log to a program, such as Apache:  CustomLog \"|/path/to/ips-pipeline pipe /dev/shm/app\" combined"
        },
        footer = {"", "Ends with its input, and tells what was written on the standard error."})
public final class PipeCommand implements Callable<Integer> {

    private static final long LONGEST_SLEEP_NANOS = 10_000_000;

    @Parameters(paramLabel = "RING", description = "The ring's path, in /dev/shm.")
    private Path ring = Path.of("");

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "100ms",
            converter = DurationConverter.class,
            description =
                    "How long to wait for readers when the ring is full; then lines are dropped, and counted, until"
                            + " there is room (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ofMillis(100);

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "8",
            description = "Segments of a new ring: so many programs can write at once (default: ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--segment-size",
            paramLabel = "BYTES",
            defaultValue = "4194304",
            description = "Bytes of each segment of a new ring (default: ${DEFAULT-VALUE}).")
    private long segmentSize;

    @Option(
            names = "--max-line-length",
            paramLabel = "BYTES",
            defaultValue = "8192",
            description = "Bytes of a line that are kept (default: ${DEFAULT-VALUE}).")
    private int maxLineLength;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (segments < 1) {
            throw new UsageException("--segments " + segments + ": give 1 or more");
        }
        Doorbell doorbell = new Doorbell(LONGEST_SLEEP_NANOS);
        try (StopSignal stop = new StopSignal();
                Ring opened = open();
                SegmentWriter writer = opened.claimAny(FullPolicy.giveBack());
                LineSource input = StreamSource.standardInput("stdin", doorbell, maxLineLength)) {
            RingFiller filler = new RingFiller(writer, wait);
            copy(input, filler, doorbell, stop);
            System.err.printf(
                    Locale.ROOT,
                    "ips-pipeline: %,d lines written to %s, %,d dropped as it was full, %,d cut%n",
                    filler.written(),
                    ring,
                    filler.dropped(),
                    input.status().cutLines());
            return 0;
        } catch (RingException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Ring open() {
        try {
            return Ring.create(
                    ring,
                    RingOptions.builder()
                            .segments(segments)
                            .variableLength(segmentSize)
                            .lineSize(maxLineLength)
                            .existing(RingOptions.Existing.REATTACH)
                            .keep(true)
                            .build());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** To the end of the input; when the process is to end, what has come is still written. */
    private static void copy(LineSource input, RingFiller filler, Doorbell doorbell, StopSignal stop)
            throws IOException, InterruptedException {
        int empty = 0;
        while (!input.isExhausted()) {
            if (filler.fillFrom(input)) {
                empty = 0;
            } else if (stop.await(0)) {
                return;
            } else {
                empty++;
                doorbell.idle(empty);
            }
        }
    }
}
