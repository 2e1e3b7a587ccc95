package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.SegmentRange;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ring write}: the lines of the standard input, into a segment that is claimed meanwhile. */
@Command(
        name = "write",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the lines of the standard input to a ring, whole batches at a time as they come.",
        footer = {"", "Ends with exit code 1 if a line was longer than the ring takes, or was not written."})
final class RingWriteCommand implements Callable<Integer> {

    private static final int CHUNK = 1 << 16;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "Where the ring is.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path path;

    @Option(
            names = "--segment",
            paramLabel = "N|N-M",
            converter = Choices.OfSegments.class,
            description = "Claim this segment, or the first free one of a range (default: the first free one).")
    private @Nullable SegmentRange range;

    @Option(
            names = "--when-full",
            paramLabel = "POLICY",
            defaultValue = "wait",
            converter = Choices.OfWhenFull.class,
            description = "What to do while a reader is a whole segment behind: wait, drop or fail (default:"
                    + " ${DEFAULT-VALUE}).")
    private WhenFull whenFull = WhenFull.WAIT;

    private long written;
    private long dropped;
    private long tooLong;
    private boolean ended;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return RingErrors.explain(() -> {
            Ring ring = Ring.attach(path);
            try (StopSignal stop = new StopSignal();
                    SegmentWriter writer = claim(ring)) {
                copy(System.in, ring.lineSize(), writer, stop);
                say();
            } finally {
                ring.detach();
            }
            return tooLong > 0 || ended ? 1 : 0;
        });
    }

    private SegmentWriter claim(Ring ring) {
        SegmentRange wanted = range == null ? new SegmentRange(0, ring.segments()) : range;
        if (wanted.upper() > ring.segments()) {
            throw new UsageException("--segment: the ring has segments 0 to " + (ring.segments() - 1)
                    + ", there is no segment " + (wanted.upper() - 1));
        }
        if (range == null) {
            return ring.claimAny(whenFull.policy());
        }
        for (int segment = wanted.lower(); segment < wanted.upper() - 1; segment++) {
            try {
                return ring.claim(segment, whenFull.policy());
            } catch (RingException claimed) {
                if (claimed.code() != RingException.Code.SEGMENT_CLAIMED) {
                    throw claimed;
                }
            }
        }
        return ring.claim(wanted.upper() - 1, whenFull.policy());
    }

    /** Lines are published whenever there is no more input to be had at once. */
    private void copy(InputStream input, int lineSize, SegmentWriter writer, StopSignal stop)
            throws IOException, InterruptedException {
        // One byte more than a line may have: with it the line is too long, and the rest of it does not matter.
        byte[] bytes = new byte[Math.max(CHUNK, 2 * (lineSize + 1))];
        int start = 0;
        int end = 0;
        boolean skipping = false;
        while (!ended) {
            int read = input.read(bytes, end, bytes.length - end);
            if (read < 0) {
                if (end > start && !skipping) {
                    write(bytes, start, end - start, writer, stop);
                }
                break;
            }
            int from = end;
            end += read;
            for (int i = from; i < end && !ended; i++) {
                if (bytes[i] == '\n') {
                    if (!skipping) {
                        write(bytes, start, i - start, writer, stop);
                    }
                    skipping = false;
                    start = i + 1;
                }
            }
            writer.publish();
            if (!skipping && end - start > lineSize) {
                write(bytes, start, end - start, writer, stop);
                skipping = true;
            }
            if (skipping) {
                start = end;
            }
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
        writer.publish();
    }

    private void write(byte[] bytes, int start, int length, SegmentWriter writer, StopSignal stop)
            throws InterruptedException {
        int result = writer.stage(bytes, start, length, Stamps.now());
        while (result == SegmentWriter.FULL && whenFull == WhenFull.WAIT && !stop.await(0)) {
            result = writer.stage(bytes, start, length, Stamps.now());
        }
        switch (result) {
            case SegmentWriter.FULL -> ended = true;
            case SegmentWriter.DROPPED -> dropped++;
            case SegmentWriter.TOO_LONG -> tooLong++;
            default -> written++;
        }
    }

    private void say() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%,d lines written", written));
        if (dropped > 0) {
            text.append(String.format(Locale.ROOT, ", %,d dropped", dropped));
        }
        if (tooLong > 0) {
            text.append(String.format(Locale.ROOT, ", %,d refused as too long for the ring", tooLong));
        }
        if (ended) {
            text.append("; the segment is full, and the rest of the input was not written");
        }
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }
}
