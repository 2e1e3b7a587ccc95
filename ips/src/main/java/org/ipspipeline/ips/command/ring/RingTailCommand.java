package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.RangeReader;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentRange;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ipc.WaitStrategies;
import org.ipspipeline.ipc.WaitStrategy;
import org.ipspipeline.ips.command.DurationConverter;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ring tail}: a reader beside the daemon's that prints every line, or archives it in a file. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints every line of a ring as it comes, or appends it to a file: a reader of its own, whatever others read.",
            "A lossless ring's writers wait for it, so it must keep up, as every reader."
        })
final class RingTailCommand implements Callable<Integer> {

    private static final int BATCH_LINES = 1024;
    private static final int LEAST_BATCH_BYTES = 1 << 18;
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "Where the ring is.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path path;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Append the lines to this file instead of printing them; it may be rotated by renaming.")
    private @Nullable Path to;

    @Option(names = "--newest", description = "Start with the next line that comes.")
    private boolean newest;

    @Option(names = "--oldest", description = "Start with the oldest line that is still there (the default).")
    private boolean oldest;

    @Option(
            names = "--segment",
            paramLabel = "N|N-M",
            converter = Choices.OfSegments.class,
            description = "Only lines of this segment or range; those of others are read and thrown away.")
    private @Nullable SegmentRange range;

    @Option(names = "--no-follow", description = "End when there are no more lines, instead of waiting for more.")
    private boolean noFollow;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End after this time (default: when asked to, by Ctrl-C or SIGTERM).")
    private @Nullable Duration duration;

    private long lines;
    private long lost;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (newest && oldest) {
            throw new UsageException("--oldest and --newest: give one of them");
        }
        return RingErrors.explain(() -> {
            Ring ring = Ring.attach(path);
            try (StopSignal stop = new StopSignal()) {
                follow(ring, stop);
            } finally {
                ring.detach();
            }
            return 0;
        });
    }

    private void follow(Ring ring, StopSignal stop) throws IOException, InterruptedException {
        SegmentRange wanted = wanted(ring);
        try (LineArchive archive = openArchive();
                RingReader reader = ring.join(newest ? StartPosition.NEWEST : StartPosition.OLDEST)) {
            try {
                LineBuffer batch = new LineBuffer(BATCH_LINES, Math.max(LEAST_BATCH_BYTES, 2 * (ring.lineSize() + 1)));
                follow(reader, wanted, batch, archive, stop);
            } finally {
                say();
            }
        }
    }

    private void follow(RingReader reader, SegmentRange wanted, LineBuffer batch, LineArchive archive, StopSignal stop)
            throws IOException, InterruptedException {
        List<RangeReader> others = others(reader, wanted);
        RangeReader all = reader.range(0, reader.segments());
        RangeReader range = reader.range(wanted.lower(), wanted.upper());
        WaitStrategy wait = WaitStrategies.futex();
        long begin = System.nanoTime();
        while (!stop.await(0) && (duration == null || System.nanoTime() - begin < duration.toNanos())) {
            int count = read(range, batch);
            if (count > 0) {
                archive.write(batch);
                lines += count;
            }
            boolean thrownAway = discard(others, batch);
            if (count == 0 && !thrownAway) {
                if (noFollow) {
                    break;
                }
                all.await(wait, WAIT_NANOS);
            }
        }
    }

    private LineArchive openArchive() {
        try {
            return LineArchive.open(to);
        } catch (IOException refused) {
            throw new UsageException("--to " + to + ": cannot be written: " + refused, refused);
        }
    }

    private SegmentRange wanted(Ring ring) {
        SegmentRange wanted = range == null ? new SegmentRange(0, ring.segments()) : range;
        if (wanted.upper() > ring.segments()) {
            throw new UsageException("--segment: the ring has segments 0 to " + (ring.segments() - 1)
                    + ", there is no segment " + (wanted.upper() - 1));
        }
        return wanted;
    }

    /** A reader that stood still in a segment would stop its writer. */
    private static List<RangeReader> others(RingReader reader, SegmentRange wanted) {
        List<RangeReader> others = new ArrayList<>();
        if (wanted.lower() > 0) {
            others.add(reader.range(0, wanted.lower()));
        }
        if (wanted.upper() < reader.segments()) {
            others.add(reader.range(wanted.upper(), reader.segments()));
        }
        return others;
    }

    private int read(RangeReader range, LineBuffer batch) {
        batch.clear();
        int count = range.read(batch, BATCH_LINES);
        lost += batch.lost();
        return count;
    }

    private static boolean discard(List<RangeReader> others, LineBuffer batch) {
        boolean some = false;
        for (RangeReader other : others) {
            batch.clear();
            some |= other.read(batch, BATCH_LINES) > 0;
        }
        return some;
    }

    private void say() {
        spec.commandLine().getErr().printf(Locale.ROOT, "%,d lines read, %,d lost%n", lines, lost);
        spec.commandLine().getErr().flush();
    }
}
