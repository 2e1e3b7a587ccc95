package org.ipspipeline.ips.source.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that numbers its lines and rotates its log: {@code DIRECTORY SEED ROTATIONS PAUSE_MICROS KIND...}. Prints, for each
 * content that it destroyed, the first and the last number in it, and at the end how many lines it wrote.
 */
final class RotatingWriter {

    private static final int KEPT = 200;
    private static final int MOST_LINES = 40;
    private static final int BIG_BURST = 3000;

    private final Path log;
    private final Random random;
    private FileChannel channel;
    private long next;
    private long firstInFile;

    private RotatingWriter(Path directory, long seed) throws IOException {
        this.log = directory.resolve("app.log");
        this.random = new Random(seed);
        this.channel = open();
    }

    public static void main(String[] arguments) throws IOException {
        final List<Kind> kinds =
                Arrays.stream(arguments).skip(4).map(Kind::valueOf).toList();
        new RotatingWriter(Path.of(arguments[0]), Long.parseLong(arguments[1]))
                .run(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]), kinds);
    }

    private void run(int rotations, long pauseMicros, List<Kind> kinds) throws IOException {
        for (int rotation = 0; rotation < rotations; rotation++) {
            write(rotation % 97 == 50 ? BIG_BURST : random.nextInt(MOST_LINES));
            pause(pauseMicros);
            write(random.nextInt(MOST_LINES));
            rotate(kinds.get(random.nextInt(kinds.size())));
        }
        write(10);
        System.out.println("written " + next);
    }

    private void rotate(Kind kind) throws IOException {
        switch (kind) {
            case RENAME -> {
                shift();
                Files.move(log, rotated(1));
                if (random.nextBoolean()) {
                    // The writer is told late: it goes on in the renamed file for a while.
                    write(random.nextInt(MOST_LINES));
                }
                reopen();
            }
            case COPYTRUNCATE -> {
                shift();
                Files.copy(log, rotated(1));
                channel.truncate(0);
            }
            case TRUNCATE -> {
                tellDestroyed();
                channel.truncate(0);
            }
            case RECREATE -> {
                tellDestroyed();
                Files.delete(log);
                reopen();
            }
        }
        firstInFile = next;
    }

    private void tellDestroyed() {
        if (next > firstInFile) {
            System.out.println("destroyed " + firstInFile + " " + (next - 1));
        }
    }

    private void reopen() throws IOException {
        channel.close();
        channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void shift() throws IOException {
        Files.deleteIfExists(rotated(KEPT));
        for (int i = KEPT - 1; i >= 1; i--) {
            if (Files.exists(rotated(i))) {
                Files.move(rotated(i), rotated(i + 1), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private Path rotated(int number) {
        return log.resolveSibling("app.log." + number);
    }

    private void write(int lines) throws IOException {
        final List<ByteBuffer> pieces = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("line ").append(next++).append(" of the rotating writer\n");
        }
        final byte[] bytes = text.toString().getBytes(US_ASCII);
        // Lines arrive in two writes now and then.
        final int cut = bytes.length > 1 ? random.nextInt(bytes.length) : 0;
        pieces.add(ByteBuffer.wrap(bytes, 0, cut));
        pieces.add(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
        for (ByteBuffer piece : pieces) {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }

    private void pause(long micros) {
        LockSupport.parkNanos(1000 * micros * random.nextInt(2000));
    }

    enum Kind {
        RENAME,
        COPYTRUNCATE,
        TRUNCATE,
        RECREATE
    }
}
