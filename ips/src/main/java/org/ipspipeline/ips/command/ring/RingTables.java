package org.ipspipeline.ips.command.ring;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ipspipeline.ipc.RingStatus;
import org.ipspipeline.ipc.RingStatus.ReaderStatus;
import org.ipspipeline.ipc.RingStatus.SegmentStatus;
import org.ipspipeline.ipc.RingStatus.SlotState;

/** Shows a ring to people. */
final class RingTables {

    private static final double MEBIBYTE = 1 << 20;
    private static final int KIBIBYTE = 1024;

    private RingTables() {}

    /** A ring in one line. */
    static String describe(RingStatus ring) {
        return String.format(
                Locale.ROOT,
                "%s: %d segment%s of %s, lines of at most %,d bytes, %s, %d reader slot%s; %.1f MiB in pages of %,d KiB",
                ring.path(),
                ring.segments().size(),
                ring.segments().size() == 1 ? "" : "s",
                ring.segments().stream()
                        .map(SegmentStatus::capacity)
                        .distinct()
                        .map(capacity -> String.format(Locale.ROOT, "%,d", capacity))
                        .collect(Collectors.joining(", ", "", ring.variable() ? " bytes" : " slots")),
                ring.lineSize(),
                ring.overwrite() ? "overwriting" : "lossless",
                ring.readers().size(),
                ring.readers().size() == 1 ? "" : "s",
                ring.bytes() / MEBIBYTE,
                ring.pageSize() / KIBIBYTE);
    }

    /** A ring with its segments and readers. */
    static void show(RingSample sample, PrintWriter out) {
        RingStatus ring = sample.ring();
        out.println(describe(ring));
        out.printf(
                "made %s by process %d; attached: %s%n%n",
                ring.created().truncatedTo(ChronoUnit.SECONDS),
                ring.creatorPid(),
                sample.attached().isEmpty()
                        ? "nobody"
                        : sample.attached().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        out.printf(
                "%7s %6s %16s %12s  %-24s %10s %10s %10s %8s %9s%n",
                "segment",
                "fill",
                "lines",
                "lines/s",
                "writer",
                "dropped",
                "too long",
                "unread",
                "evicted",
                "overruns");
        ring.segments().forEach(segment -> show(segment, sample, out));
        out.println();
        out.printf(
                "%7s  %-8s %-24s %14s %16s %12s %12s %9s%n",
                "reader",
                "state",
                "process",
                ring.variable() ? "lag (bytes)" : "lag (lines)",
                "lines",
                "lines/s",
                "lost",
                "damaged");
        ring.readers().forEach(reader -> show(reader, sample, out));
        out.flush();
    }

    private static void show(SegmentStatus segment, RingSample sample, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%7d %5.1f%% %,16d %12s  %-24s %,10d %,10d %,10d %,8d %,9d%n",
                segment.index(),
                100.0 * fill(segment, sample.ring()),
                segment.lines(),
                rate(sample.writeRate(segment)),
                writer(segment),
                segment.dropped(),
                segment.tooLong(),
                segment.unread(),
                segment.evicted(),
                segment.overruns());
    }

    /** The share of a segment that the slowest reader has not read yet; of one without readers, what it holds. */
    static double fill(SegmentStatus segment, RingStatus ring) {
        long held = ring.readers().stream()
                .filter(reader -> reader.state() == SlotState.ACTIVE || reader.state() == SlotState.DEAD)
                .mapToLong(reader -> reader.cursors().get(segment.index()).lag())
                .max()
                .orElse(segment.used());
        return Math.min(1.0, (double) held / segment.capacity());
    }

    private static String writer(SegmentStatus segment) {
        if (segment.writerPid() == 0) {
            return segment.writerAlive() ? "claimed" : "-";
        }
        return segment.writerAlive() ? Participant.of(segment.writerPid()).toString() : segment.writerPid() + ", dead";
    }

    private static void show(ReaderStatus reader, RingSample sample, PrintWriter out) {
        String state = Choices.name(reader.state());
        if (reader.state() == SlotState.FREE) {
            out.printf("%7d  %-8s%n", reader.id(), state);
            return;
        }
        out.printf(
                Locale.ROOT,
                "%7d  %-8s %-24s %,14d %,16d %12s %,12d %,9d%n",
                reader.id(),
                state,
                reader.state() == SlotState.DEAD ? Long.toString(reader.pid()) : Participant.of(reader.pid()),
                reader.lag(),
                RingSample.read(reader),
                rate(sample.readRate(reader)),
                reader.lost(),
                RingSample.damaged(reader));
    }

    private static String rate(double linesPerSecond) {
        return Double.isNaN(linesPerSecond) ? "" : String.format(Locale.ROOT, "%,.0f", linesPerSecond);
    }
}
