package org.ipspipeline.benchmarks.ring;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;

/**
 * Writes to an overwriting ring, and reads from it too slowly. {@code writer} prints its lines a second; {@code reader}
 * prints how many lines it got, lost and found torn, and how many were written. All words of a line are its number.
 */
public final class OverwritePeer {

    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BATCH = 64;
    private static final double NANOS = 1e9;

    private final Rendezvous place;
    private final LineBuffer lines = LineBuffer.ofLines(BATCH, Carrier.LINE_SIZE);

    private OverwritePeer(Rendezvous place) {
        this.place = place;
    }

    /**
     * Runs one side.
     *
     * @param arguments {@code writer|reader DIRECTORY LINES_A_SECOND}, of the reader, 0 for none
     */
    public static void main(String[] arguments) {
        Peers.endWithStarter();
        final OverwritePeer peer = new OverwritePeer(new Rendezvous(Path.of(arguments[1])));
        final double rate = Double.parseDouble(arguments[2]);
        if (arguments[0].equals("writer")) {
            peer.write(rate > 0);
        } else {
            peer.read(rate);
        }
    }

    private void write(boolean hasReader) {
        final RingOptions options = RingOptions.builder()
                .lines(Carrier.CAPACITY)
                .lineSize(Carrier.LINE_SIZE)
                .overwrite(true)
                .build();
        try (Ring ring = Ring.create(place.path("ring"), options);
                SegmentWriter writer = ring.claim(0)) {
            place.announce("ready");
            if (hasReader) {
                place.await("joined");
            }
            final byte[] line = new byte[Carrier.LINE_SIZE];
            while (lines.append(line, 0, Carrier.LINE_SIZE, 1)) {
                // Until it is full: afterwards only its words change.
            }
            final long warm = write(writer, 0, WARM_UP_NANOS);
            final long begin = System.nanoTime();
            final long end = write(writer, warm, MEASURED_NANOS);
            final double rate = (end - warm) * NANOS / (System.nanoTime() - begin);
            place.announce("written", String.valueOf(end));
            if (hasReader) {
                place.await("accounted");
            }
            System.out.println(Math.round(rate));
        }
    }

    private long write(SegmentWriter writer, long first, long nanos) {
        final long end = System.nanoTime() + nanos;
        long next = first;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < BATCH; i++) {
                for (int word = 0; word < Carrier.LINE_SIZE; word += Long.BYTES) {
                    lines.bytes().putLong(lines.start(i) + word, next + i);
                }
            }
            next += writer.write(lines, 0, BATCH);
        }
        return next;
    }

    private void read(double rate) {
        place.await("ready");
        try (Ring ring = Ring.attach(place.path("ring"));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            place.announce("joined");
            final SegmentReader segment = reader.segment(0);
            long delivered = 0;
            long lost = 0;
            long torn = 0;
            long written = Long.MAX_VALUE;
            final long begin = System.nanoTime();
            while (delivered + lost < written) {
                lines.clear();
                final int came = segment.read(lines, BATCH);
                lost += lines.lost();
                for (int i = 0; i < came; i++) {
                    torn += isRight(i, delivered + lost + i) ? 0 : 1;
                }
                delivered += came;
                if (written == Long.MAX_VALUE) {
                    while (System.nanoTime() - begin < delivered * NANOS / rate) {
                        Thread.onSpinWait();
                    }
                    written = place.isAnnounced("written") ? Long.parseLong(place.await("written")) : written;
                }
            }
            place.announce("accounted");
            System.out.println(delivered + " " + lost + " " + torn + " " + written);
        }
    }

    private boolean isRight(int line, long number) {
        boolean right = lines.length(line) == Carrier.LINE_SIZE;
        for (int word = 0; word < Carrier.LINE_SIZE; word += Long.BYTES) {
            right &= lines.bytes().getLong(lines.start(line) + word) == number;
        }
        return right;
    }
}
