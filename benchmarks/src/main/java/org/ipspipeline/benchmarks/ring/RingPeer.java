package org.ipspipeline.benchmarks.ring;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;

/**
 * One of the two processes that our ring runs between. The near one makes the rings and prints the result; the far one
 * writes, or echoes. Each warms up with as many lines as it takes the compiler, in the same ring.
 */
public final class RingPeer {

    private static final int WARM_UP = 5_000_000;
    private static final int WARM_UP_TRIPS = 100_000;
    private static final int TRIES_BEFORE_YIELD = 256;

    private final boolean near;
    private final Path directory;
    private final int count;
    private final int batch;
    private final int capacity;
    private final int lineSize;

    private RingPeer(String[] arguments) {
        this.near = arguments[0].equals("near");
        this.directory = Path.of(arguments[2]);
        this.count = Integer.parseInt(arguments[3]);
        this.batch = Integer.parseInt(arguments[4]);
        this.capacity = Integer.parseInt(arguments[5]);
        this.lineSize = Integer.parseInt(arguments[6]);
    }

    /**
     * Runs one side.
     *
     * @param arguments {@code near|far throughput|roundtrip DIRECTORY COUNT BATCH CAPACITY LINE_SIZE}
     */
    public static void main(String[] arguments) {
        RingPeer peer = new RingPeer(arguments);
        if (arguments[1].equals("throughput")) {
            peer.throughput();
        } else {
            peer.roundTrip();
        }
    }

    private void throughput() {
        Path path = directory.resolve("lines");
        if (near) {
            try (Ring ring = create(path);
                    RingReader reader = ring.join(StartPosition.OLDEST)) {
                announce();
                SegmentReader segment = reader.segment(0);
                LineBuffer lines = LineBuffer.ofLines(batch, lineSize);
                read(segment, lines, WARM_UP, 0);
                System.out.println(Math.round(read(segment, lines, count, WARM_UP)));
            }
        } else {
            awaitAnnouncement();
            try (Ring ring = Ring.attach(path);
                    SegmentWriter writer = ring.claim(0)) {
                write(writer, WARM_UP + count);
            }
        }
    }

    private void write(SegmentWriter writer, long lines) {
        byte[] line = new byte[lineSize];
        Arrays.fill(line, (byte) 'x');
        ByteBuffer number = ByteBuffer.wrap(line).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        long written = 0;
        while (written < lines) {
            long end = Math.min(written + batch, lines);
            while (written < end) {
                number.putLong(0, written);
                for (int tries = 1; writer.stage(line, 0, lineSize, 1) != 1; tries++) {
                    writer.publish();
                    pause(tries);
                }
                written++;
            }
            writer.publish();
        }
    }

    /** Reads lines, checks each, and returns how many came a second. */
    private double read(SegmentReader segment, LineBuffer lines, long wanted, long first) {
        long next = first;
        long end = first + wanted;
        long begin = System.nanoTime();
        int tries = 0;
        while (next < end) {
            lines.clear();
            int came = segment.read(lines, (int) Math.min(batch, end - next));
            if (came == 0) {
                pause(++tries);
            }
            for (int i = 0; i < came; i++) {
                long number = lines.bytes().getLong(lines.start(i));
                if (number != next || lines.length(i) != lineSize) {
                    throw new IllegalStateException("line " + next + " came as " + number);
                }
                next++;
            }
        }
        return wanted * 1e9 / (System.nanoTime() - begin);
    }

    private void roundTrip() {
        Path ping = directory.resolve("ping");
        Path pong = directory.resolve("pong");
        int trips = WARM_UP_TRIPS + count;
        byte[] line = new byte[lineSize];
        LineBuffer lines = LineBuffer.ofLines(1, lineSize);
        if (near) {
            try (Ring out = create(ping);
                    Ring back = create(pong);
                    RingReader reader = back.join(StartPosition.OLDEST)) {
                announce();
                // The far side joins before it answers, so the first line is not lost.
                awaitFile(directory.resolve("joined"));
                SegmentWriter writer = out.claim(0);
                SegmentReader segment = reader.segment(0);
                double[] times = new double[trips];
                for (int i = 0; i < trips; i++) {
                    long begin = System.nanoTime();
                    send(writer, line);
                    receive(segment, lines);
                    times[i] = System.nanoTime() - begin;
                }
                double[] counted = Arrays.copyOfRange(times, WARM_UP_TRIPS, trips);
                Arrays.sort(counted);
                System.out.println(Math.round(counted[counted.length / 2]));
            }
        } else {
            awaitAnnouncement();
            try (Ring in = Ring.attach(ping);
                    Ring back = Ring.attach(pong);
                    RingReader reader = in.join(StartPosition.OLDEST)) {
                create(directory.resolve("joined"), "");
                SegmentWriter writer = back.claim(0);
                SegmentReader segment = reader.segment(0);
                for (int i = 0; i < trips; i++) {
                    receive(segment, lines);
                    send(writer, line);
                }
            }
        }
    }

    private void send(SegmentWriter writer, byte[] line) {
        if (writer.write(line, 0, lineSize, 1) != 1) {
            throw new IllegalStateException("the ring is full of answered lines");
        }
    }

    private static void receive(SegmentReader segment, LineBuffer lines) {
        lines.clear();
        for (int tries = 1; segment.read(lines, 1) == 0; tries++) {
            pause(tries);
        }
    }

    private Ring create(Path path) {
        return Ring.create(
                path, RingOptions.builder().lines(capacity).lineSize(lineSize).build());
    }

    private void announce() {
        create(directory.resolve("ready"), "");
    }

    private void awaitAnnouncement() {
        awaitFile(directory.resolve("ready"));
    }

    private static void create(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void awaitFile(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // on few cores the other side may need this one to go on
    private static void pause(int tries) {
        if (tries % TRIES_BEFORE_YIELD == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
