package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random operations on a ring and on a plain queue give the same lines. */
class RingModelTest {

    private static final int LINE_SIZE = 40;
    private static final int OPERATIONS = 400;

    @Property(tries = 60)
    void losslessFixedSlotsBehaveAsAQueue(@ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int lines)
            throws IOException {
        againstQueue(RingOptions.builder().lines(lines).lineSize(LINE_SIZE), seed);
    }

    @Property(tries = 60)
    void losslessVariableRecordsBehaveAsAQueue(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4000) int bytes)
            throws IOException {
        againstQueue(RingOptions.builder().variableLength(bytes).lineSize(LINE_SIZE), seed);
    }

    @Property(tries = 60)
    void overwritingFixedSlotsAccountForEveryLine(@ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int lines)
            throws IOException {
        againstHistory(RingOptions.builder().lines(lines).lineSize(LINE_SIZE).overwrite(true), seed);
    }

    @Property(tries = 60)
    void overwritingVariableRecordsAccountForEveryLine(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4000) int bytes) throws IOException {
        againstHistory(
                RingOptions.builder().variableLength(bytes).lineSize(LINE_SIZE).overwrite(true), seed);
    }

    /** Two readers of a lossless ring, each with a queue of what it has yet to see. */
    private static void againstQueue(RingOptions.Builder options, long seed) throws IOException {
        final Random random = new Random(seed);
        final Path directory = Files.createTempDirectory("ring");
        try (Ring ring = Ring.create(directory.resolve("ring"), options.build());
                RingReader first = ring.join(StartPosition.OLDEST);
                RingReader second = ring.join(StartPosition.NEWEST)) {
            final SegmentWriter writer = ring.claim(0);
            final List<SegmentReader> readers = List.of(first.segment(0), second.segment(0));
            final List<Queue<String>> expected = List.of(new ArrayDeque<>(), new ArrayDeque<>());
            final LineBuffer lines = LineBuffer.ofLines(16, LINE_SIZE);
            for (int i = 0; i < OPERATIONS; i++) {
                if (random.nextInt(3) == 0) {
                    final int who = random.nextInt(2);
                    for (String line : read(readers.get(who), lines, random)) {
                        assertThat(line).isEqualTo(expected.get(who).remove());
                    }
                } else {
                    for (String line : write(writer, lines, random, i)) {
                        expected.forEach(queue -> queue.add(line));
                    }
                }
            }
            for (int who = 0; who < 2; who++) {
                while (true) {
                    final List<String> rest = read(readers.get(who), lines, random);
                    if (rest.isEmpty()) {
                        break;
                    }
                    for (String line : rest) {
                        assertThat(line).isEqualTo(expected.get(who).remove());
                    }
                }
                assertThat(expected.get(who)).isEmpty();
            }
        }
        Files.delete(directory);
    }

    /** A reader of an overwriting ring sees an ordered part of all lines, and knows exactly how many it lost. */
    private static void againstHistory(RingOptions.Builder options, long seed) throws IOException {
        final Random random = new Random(seed);
        final Path directory = Files.createTempDirectory("ring");
        try (Ring ring = Ring.create(directory.resolve("ring"), options.build());
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            final List<String> history = new ArrayList<>();
            final LineBuffer lines = LineBuffer.ofLines(16, LINE_SIZE);
            int next = 0;
            for (int i = 0; i < OPERATIONS || reader.segment(0).hasLines(); i++) {
                if (i >= OPERATIONS || random.nextInt(8) == 0) {
                    final List<String> read = read(reader.segment(0), lines, random);
                    next += (int) lines.lost();
                    for (String line : read) {
                        assertThat(line).isEqualTo(history.get(next));
                        next++;
                    }
                } else {
                    history.addAll(write(writer, lines, random, i));
                }
            }
            assertThat(next).isEqualTo(history.size());
        }
        Files.delete(directory);
    }

    private static List<String> write(SegmentWriter writer, LineBuffer lines, Random random, int operation) {
        final List<String> written = new ArrayList<>();
        final int count = 1 + random.nextInt(6);
        switch (random.nextInt(4)) {
            case 0 -> {
                lines.clear();
                final List<String> batch = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    final String line = line(random, operation, i);
                    batch.add(line);
                    final byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                    lines.append(bytes, 0, bytes.length, operation);
                }
                written.addAll(batch.subList(0, writer.write(lines, 0, count)));
            }
            case 1 -> {
                final String line = line(random, operation, 0);
                final byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                final int place = writer.claim(LINE_SIZE);
                if (place >= 0) {
                    writer.buffer().put(place, bytes);
                    if (random.nextInt(5) == 0) {
                        writer.abort();
                    } else {
                        writer.commit(bytes.length, operation);
                        written.add(line);
                    }
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    final String line = line(random, operation, i);
                    final byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                    if (writer.stage(bytes, 0, bytes.length, operation) == 1) {
                        written.add(line);
                    }
                }
                writer.publish();
            }
            default -> {
                final String line = line(random, operation, 0);
                final byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                if (writer.write(bytes, 0, bytes.length, operation) == 1) {
                    written.add(line);
                }
            }
        }
        return written;
    }

    private static List<String> read(SegmentReader reader, LineBuffer lines, Random random) {
        final List<String> read = new ArrayList<>();
        final int limit = 1 + random.nextInt(20);
        lines.clear();
        if (random.nextInt(3) == 0 && reader.isInPlace()) {
            reader.poll(
                    (buffer, offset, length, stamp) -> {
                        final byte[] bytes = new byte[length];
                        buffer.get(offset, bytes);
                        read.add(new String(bytes, StandardCharsets.ISO_8859_1));
                    },
                    limit);
        } else {
            reader.read(lines, limit);
            for (int i = 0; i < lines.count(); i++) {
                final byte[] bytes = new byte[lines.length(i)];
                lines.bytes().get(lines.start(i), bytes);
                read.add(new String(bytes, StandardCharsets.ISO_8859_1));
                assertThat(lines.bytes().get(lines.start(i) + lines.length(i))).isEqualTo((byte) '\n');
            }
        }
        return read;
    }

    private static String line(Random random, int operation, int index) {
        final String text = operation + "." + index + ":" + "x".repeat(random.nextInt(LINE_SIZE));
        return text.substring(0, Math.min(text.length(), random.nextInt(LINE_SIZE + 1)));
    }
}
