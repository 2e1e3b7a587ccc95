package org.ipspipeline.ips.source.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All back-ends read the same, from whatever position, while the file grows and shrinks. */
final class ReadingBackendTest {

    private static final int SIZE = 1_000_003;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void readsWhatIsThereFromAnyPosition(ReadingBackend backend) throws IOException {
        needs(backend);
        final byte[] content = randomBytes(5);
        final Path path = Files.write(directory.resolve("file"), content);
        final ByteBuffer block = ByteBuffer.allocateDirect(400_000);
        final Random random = new Random(6);
        try (ReadableFile file = backend.open(path)) {
            assertThat(file.size()).isEqualTo(SIZE);
            assertThat(file.identity()).isEqualTo(FileIdentity.of(path));
            for (int i = 0; i < 300; i++) {
                final int position = random.nextInt(SIZE + 10);
                final int length = 1 + random.nextInt(300_000);
                final int offset = random.nextInt(50_000);
                final int got = file.read(block, offset, length, position);
                final int expected = Math.max(0, Math.min(length, SIZE - position));
                assertThat(got).isEqualTo(expected);
                final byte[] read = new byte[got];
                block.get(offset, read);
                assertThat(read).isEqualTo(Arrays.copyOfRange(content, position, position + got));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesAFileGrowAndShrinkAndOutlivesItsName(ReadingBackend backend) throws IOException {
        needs(backend);
        final Path path = Files.write(directory.resolve("file"), new byte[100]);
        final ByteBuffer block = ByteBuffer.allocateDirect(300_000);
        try (ReadableFile file = backend.open(path)) {
            assertThat(file.read(block, 0, 1000, 0)).isEqualTo(100);
            Files.write(path, new byte[200_000], StandardOpenOption.APPEND);
            assertThat(file.read(block, 0, 300_000, 50)).isEqualTo(200_050);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(10);
            }
            assertThat(file.read(block, 0, 300_000, 50)).isZero();
            assertThat(file.read(block, 0, 300_000, 0)).isEqualTo(10);
            Files.move(path, directory.resolve("other"));
            assertThat(file.read(block, 0, 300_000, 5)).isEqualTo(5);
            assertThat(file.size()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesManyThreadsAtOnce(ReadingBackend backend) throws Exception {
        needs(backend);
        final byte[] content = randomBytes(7);
        final Path path = Files.write(directory.resolve("file"), content);
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final Callable<Boolean> reading = () -> {
                final ByteBuffer block = ByteBuffer.allocateDirect(SIZE);
                final byte[] read = new byte[SIZE];
                boolean same = true;
                try (ReadableFile file = backend.open(path)) {
                    for (int i = 0; i < 20; i++) {
                        same &= file.read(block, 0, SIZE, 0) == SIZE;
                        block.get(0, read);
                        same &= Arrays.equals(read, content);
                    }
                }
                return same;
            };
            for (Future<Boolean> same : threads.invokeAll(java.util.Collections.nCopies(4, reading))) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoFile(ReadingBackend backend) {
        assertThatThrownBy(() -> backend.open(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> backend.open(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void isNamedByTheOperator() {
        assertThat(ReadingBackend.named("pread")).isEqualTo(ReadingBackend.PREAD);
        assertThat(ReadingBackend.named("auto")).isIn(ReadingBackend.PREAD, ReadingBackend.IO_URING);
        assertThatThrownBy(() -> ReadingBackend.named("aio"))
                .hasMessage("'aio' is no reader: it must be one of pread, mmap, io_uring, auto");
    }

    private static void needs(ReadingBackend backend) {
        try {
            backend.check();
        } catch (IOException e) {
            Machine.needs(false, backend.label() + ": " + e.getMessage());
        }
    }

    private static byte[] randomBytes(int seed) {
        final byte[] content = new byte[SIZE];
        new Random(seed).nextBytes(content);
        return content;
    }
}
