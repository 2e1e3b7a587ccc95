package org.ipspipeline.benchmarks.ring;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One of the processes that lines run between, as fast as they can: {@code reader} makes the mechanism and prints how many
 * lines came a second, {@code another-reader} joins a ring beside it, {@code writer} writes until the reader is done.
 */
public final class ThroughputPeer {

    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    /** Where other work delays the compiler, or lines come slowly, the warm-up goes on: until so many came, or so long. */
    private static final long WARM_UP_LINES = 5_000_000;

    private static final long LONGEST_WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WRITES_PER_LOOK = 50_000;
    private static final int READS_PER_LOOK_AT_THE_CLOCK = 64;

    private ThroughputPeer() {}

    /**
     * Runs one side.
     *
     * @param arguments {@code reader|another-reader|writer DIRECTORY READERS CARRIER...}
     * @throws Exception what the carrier throws
     */
    public static void main(String[] arguments) throws Exception {
        Peers.endWithStarter();
        final Rendezvous place = new Rendezvous(Path.of(arguments[1]));
        final int readers = Integer.parseInt(arguments[2]);
        final List<String> words = Arrays.asList(arguments).subList(3, arguments.length);
        final Carrier carrier = Carriers.parse(words);
        switch (arguments[0]) {
            case "reader" -> {
                try (LineReader reader = carrier.reader(place)) {
                    place.announce("made");
                    if (readers > 1) {
                        place.await("joined");
                    }
                    place.announce("ready");
                    read(reader);
                    if (readers > 1) {
                        place.await("other done");
                    }
                    place.announce("done");
                }
            }
            case "another-reader" -> {
                place.await("made");
                try (LineReader reader = RingCarrier.parse(words).anotherReader(place)) {
                    place.announce("joined");
                    read(reader);
                    place.announce("other done");
                }
            }
            default -> {
                place.await("ready");
                write(carrier.writer(place), place);
            }
        }
    }

    /** Writes until the reader is done; then the last one to leave a ring removes its memory. */
    private static void write(LineWriter writer, Rendezvous place) {
        long next = 0;
        while (!place.isAnnounced("done")) {
            for (int i = 0; i < WRITES_PER_LOOK; i++) {
                next += writer.write(next);
            }
        }
        writer.close();
    }

    private static void read(LineReader reader) {
        final ExpectedLines expected = new ExpectedLines(Carrier.LINE_SIZE);
        final Pause pause = new Pause();
        while (reader.read(expected) == 0) {
            pause.once();
        }
        final long warm = System.nanoTime();
        long warmed = 0;
        do {
            warmed += read(reader, expected, pause, WARM_UP_NANOS);
        } while (warmed < WARM_UP_LINES && System.nanoTime() - warm < LONGEST_WARM_UP_NANOS);
        final long begin = System.nanoTime();
        final long lines = read(reader, expected, pause, MEASURED_NANOS);
        System.out.println(Math.round(lines * 1e9 / (System.nanoTime() - begin)));
    }

    private static long read(LineReader reader, ExpectedLines expected, Pause pause, long nanos) {
        final long end = System.nanoTime() + nanos;
        long lines = 0;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < READS_PER_LOOK_AT_THE_CLOCK; i++) {
                final int came = reader.read(expected);
                if (came == 0) {
                    pause.once();
                }
                lines += came;
            }
        }
        return lines;
    }
}
