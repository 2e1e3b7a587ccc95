package org.ipspipeline.ips.source.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DateSearchTest {

    @TempDir
    private Path directory;

    /** A line's date is the number that it begins with; others have none. */
    private static long millis(byte[] line, int length) {
        long number = 0;
        int digits = 0;
        while (digits < length && line[digits] >= '0' && line[digits] <= '9') {
            number = number * 10 + line[digits] - '0';
            digits++;
        }
        return digits == 0 ? LineDate.NONE : number;
    }

    @Test
    void findsTheFirstLineThatIsNotOlder() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            final Random random = new Random(seed);
            final StringBuilder text = new StringBuilder();
            final int lines = random.nextInt(3000);
            final long wanted = random.nextInt(3000);
            long date = 0;
            long expected = -1;
            for (int i = 0; i < lines; i++) {
                date += random.nextInt(3);
                final boolean dated = random.nextInt(10) > 0;
                if (dated && date >= wanted && expected < 0) {
                    expected = text.length();
                }
                text.append(dated ? date + " " : "none ")
                        .append("x".repeat(random.nextInt(random.nextInt(50) == 0 ? 100_000 : 100)))
                        .append('\n');
            }
            expected = expected < 0 ? text.length() : expected;
            text.append("3001 a line that is still being written");
            final Path path =
                    Files.write(directory.resolve("log"), text.toString().getBytes(US_ASCII));
            try (ReadableFile file = ReadingBackend.PREAD.open(path)) {
                final FileStart start = FileStart.since(Instant.ofEpochMilli(wanted), DateSearchTest::millis);
                assertThat(start.positionIn(file)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsAFewBlocksOfAFileOfTenGigabytes() throws IOException {
        final Path path = directory.resolve("log");
        final long size = 10L << 30;
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            // A file with holes, of which only every megabyte's line is there.
            for (long at = 0; at < size; at += 1 << 20) {
                final byte[] line = ("\n" + at + " line\n").getBytes(US_ASCII);
                channel.write(ByteBuffer.wrap(line), at);
            }
        }
        final AtomicInteger reads = new AtomicInteger();
        try (ReadableFile file = new Counted(ReadingBackend.PREAD.open(path), reads)) {
            final long found = FileStart.since(Instant.ofEpochMilli(7L << 30), DateSearchTest::millis)
                    .positionIn(file);
            assertThat(found).isEqualTo((7L << 30) + 1);
        }
        assertThat(reads).hasValueLessThan(10_000);
    }

    private record Counted(ReadableFile file, AtomicInteger reads) implements ReadableFile {

        @Override
        public int read(ByteBuffer into, int offset, int length, long position) throws IOException {
            reads.incrementAndGet();
            return file.read(into, offset, length, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileIdentity identity() {
            return file.identity();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
