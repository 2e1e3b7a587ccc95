package org.ipspipeline.benchmarks.ring;

import java.nio.file.Path;
import java.util.Arrays;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;

/** One of two processes that send a line to and fro: {@code near} makes the rings and prints the median time of a trip. */
public final class RoundTripPeer {

    private static final int WARM_UP_TRIPS = 100_000;

    private final Rendezvous place;
    private final int trips;
    private final byte[] line = new byte[Carrier.LINE_SIZE];
    private final LineBuffer lines = LineBuffer.ofLines(1, Carrier.LINE_SIZE);

    private RoundTripPeer(Rendezvous place, int trips) {
        this.place = place;
        this.trips = trips;
    }

    /**
     * Runs one side.
     *
     * @param arguments {@code near|far DIRECTORY TRIPS}
     */
    public static void main(String[] arguments) {
        Peers.endWithStarter();
        final RoundTripPeer peer = new RoundTripPeer(
                new Rendezvous(Path.of(arguments[1])), WARM_UP_TRIPS + Integer.parseInt(arguments[2]));
        if (arguments[0].equals("near")) {
            peer.measure();
        } else {
            peer.echo();
        }
    }

    private void measure() {
        final RingOptions options = RingOptions.builder()
                .lines(Carrier.CAPACITY)
                .lineSize(Carrier.LINE_SIZE)
                .build();
        try (Ring out = Ring.create(place.path("ping"), options);
                Ring back = Ring.create(place.path("pong"), options);
                RingReader reader = back.join(StartPosition.OLDEST);
                SegmentWriter writer = out.claim(0)) {
            place.announce("ready");
            // The far side joins before it answers, so the first line is not lost.
            place.await("joined");
            final SegmentReader segment = reader.segment(0);
            final long[] times = new long[trips];
            for (int i = 0; i < trips; i++) {
                final long begin = System.nanoTime();
                send(writer);
                receive(segment);
                times[i] = System.nanoTime() - begin;
            }
            final long[] counted = Arrays.copyOfRange(times, WARM_UP_TRIPS, trips);
            Arrays.sort(counted);
            System.out.println(counted[counted.length / 2]);
        }
    }

    private void echo() {
        place.await("ready");
        try (Ring in = Ring.attach(place.path("ping"));
                Ring back = Ring.attach(place.path("pong"));
                RingReader reader = in.join(StartPosition.OLDEST);
                SegmentWriter writer = back.claim(0)) {
            place.announce("joined");
            final SegmentReader segment = reader.segment(0);
            for (int i = 0; i < trips; i++) {
                receive(segment);
                send(writer);
            }
        }
    }

    private void send(SegmentWriter writer) {
        if (writer.write(line, 0, Carrier.LINE_SIZE, 1) != 1) {
            throw new IllegalStateException("the ring is full of answered lines");
        }
    }

    private void receive(SegmentReader segment) {
        final Pause pause = new Pause();
        lines.clear();
        while (segment.read(lines, 1) == 0) {
            pause.once();
        }
    }
}
