package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipspipeline.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that truncates the ring's file makes its readers throw, not die of a signal. */
class TruncationTest {

    private static final int LINES = 4096;

    @TempDir
    private Path directory;

    @Test
    void truncationIsAnErrorAndNoCrash() throws IOException {
        try (Ring ring = Ring.create(
                        directory.resolve("ring"),
                        RingOptions.builder().lines(LINES).build());
                ChildJvm reader = ChildJvm.start(Reader.class, ring.path())) {
            assertThat(reader.readLine()).isEqualTo("joined");
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < LINES; i++) {
                Lines.write(writer, "line");
            }
            try (FileChannel channel = FileChannel.open(ring.path(), StandardOpenOption.WRITE)) {
                channel.truncate(3 * 4096);
            }
            reader.writeLine("read");
            assertThat(reader.readLine()).isEqualTo("survived");
            assertThat(reader.waitFor()).isZero();
        }
    }

    /** Reads on for a while after an error, in a thread of its own, which the error may end. */
    static final class Reader {

        public static void main(String[] arguments) throws IOException, InterruptedException {
            final RingReader reader = Ring.attach(Path.of(arguments[0])).join(StartPosition.OLDEST);
            System.out.println("joined");
            System.in.read();
            final AtomicBoolean failed = new AtomicBoolean();
            final Thread thread = new Thread(() -> {
                for (int i = 0; i < 100_000; i++) {
                    try {
                        Lines.read(reader.segment(0), 10);
                    } catch (RingException | InternalError expected) {
                        failed.set(true);
                    }
                }
            });
            thread.setUncaughtExceptionHandler((ended, error) -> failed.set(true));
            thread.start();
            thread.join();
            System.out.println(failed.get() ? "survived" : "noticed nothing");
            Runtime.getRuntime().halt(0);
        }
    }
}
