package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.layout.RingHeader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The C side and the Java side share rings as each other's equals: in both directions, with both kinds of records, when
 * lines are overwritten, and when the other side is killed. The C programs run with sanitizers on.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CInteropTest {

    private static final int LINE_SIZE = 128;
    private static final int HEADER_SIZE = 2 * Long.BYTES;
    private static final int LINES = 50_000;
    private static final int KILLS = 15;
    private static final long SURVIVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    @TempDir
    private static Path programs;

    @TempDir
    private Path directory;

    private static Path peer;

    @BeforeAll
    static void compile() {
        peer = CProgram.compilePeer(programs);
    }

    @ParameterizedTest
    @CsvSource({"false, singly", "false, batches", "false, claims", "true, singly", "true, batches", "true, claims"})
    void javaReadsWhatCWrites(boolean variable, String mode) {
        try (Ring ring = create(variable, false);
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram writer = CProgram.start(peer, "write", ring.path(), 7, LINES, mode, told())) {
            writer.writeLine("go");
            final Account account = new Account(reader.segment(0));
            while (account.lines < LINES) {
                if (account.read() == 0) {
                    reader.range(0, 1).await(WaitStrategies.futex(), TimeUnit.SECONDS.toNanos(1));
                }
            }
            assertThat(account.wrong).isZero();
            assertThat(account.lost).isZero();
            assertThat(writer.waitFor()).isZero();
            assertThat(ring.status().segments().get(0).lines()).isEqualTo(LINES);
            assertThat(ring.status().segments().get(0).writerPid()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cReadsWhatJavaWrites(boolean variable) {
        try (Ring ring = create(variable, false);
                CProgram reads = CProgram.start(peer, "read", ring.path(), LINES, "read");
                CProgram polls = CProgram.start(peer, "read", ring.path(), LINES, "poll")) {
            assertThat(reads.readLine()).isEqualTo("joined");
            assertThat(polls.readLine()).isEqualTo("joined");
            write(ring);
            final String all = LINES + " lines, 0 lost, 0 wrong, 0 damaged";
            assertThat(reads.readLine()).isEqualTo(all);
            assertThat(polls.readLine()).isEqualTo(all);
            assertThat(reads.waitFor()).isZero();
            assertThat(polls.waitFor()).isZero();
        }
    }

    @Test
    void bothSidesShareSystemVMemory() {
        try (Ring ring = Ring.create(
                        directory.resolve("ring"),
                        RingOptions.builder()
                                .backing(Backing.SYSTEM_V)
                                .lines(128)
                                .build());
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram cReader = CProgram.start(peer, "read", ring.path(), 1000, "read");
                CProgram cWriter = CProgram.start(peer, "write", ring.path(), 7, 1000, "batches", told())) {
            assertThat(cReader.readLine()).isEqualTo("joined");
            cWriter.writeLine("go");
            final Account account = new Account(reader.segment(0));
            while (account.lines < 1000) {
                account.read();
            }
            assertThat(account.wrong).isZero();
            assertThat(cReader.readLine()).isEqualTo("1000 lines, 0 lost, 0 wrong, 0 damaged");
            assertThat(cWriter.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, read", "false, poll", "true, read", "true, poll"})
    void cKnowsHowManyLinesAnOverwritingJavaWriterTookFromIt(boolean variable, String call) {
        try (Ring ring = create(variable, true);
                CProgram reader = CProgram.start(peer, "read", ring.path(), LINES, call)) {
            assertThat(reader.readLine()).isEqualTo("joined");
            write(ring);
            final String[] found = reader.readLine().split("\\D+", -1);
            assertThat(Long.parseLong(found[0]) + Long.parseLong(found[1])).isEqualTo(LINES);
            assertThat(found[2]).as("wrong").isEqualTo("0");
            assertThat(found[3]).as("damaged").isEqualTo("0");
            assertThat(reader.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void javaKnowsHowManyLinesAnOverwritingCWriterTookFromIt(boolean variable) {
        try (Ring ring = create(variable, true);
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram writer = CProgram.start(peer, "write", ring.path(), 7, LINES, "batches", told())) {
            final Account account = new Account(reader.segment(0));
            account.gapsAllowed = true;
            writer.writeLine("go");
            while (account.lines + account.lost < LINES) {
                account.read();
            }
            assertThat(account.wrong).isZero();
            assertThat(account.lines + account.lost).isEqualTo(LINES);
            assertThat(writer.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noLineOfAKilledCWriterIsLost(boolean variable) throws IOException {
        final Random random = new Random(variable ? 3 : 4);
        try (Ring ring = create(variable, false);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            for (int generation = 0; generation < KILLS; generation++) {
                final Path told = directory.resolve("told" + generation);
                final String mode = List.of("singly", "batches", "claims").get(generation % 3);
                final Account account = new Account(reader.segment(0));
                account.generation = generation;
                try (CProgram writer =
                        CProgram.start(peer, "write", ring.path(), generation, Long.MAX_VALUE, mode, told)) {
                    writer.writeLine("go");
                    final int some = 1 + random.nextInt(5000);
                    while (account.lines < some) {
                        account.read();
                    }
                    writer.kill();
                }
                while (account.read() > 0) {
                    // Reads what it left.
                }
                assertThat(account.wrong).isZero();
                assertThat(account.lost).isZero();
                assertThat(account.lines).isGreaterThanOrEqualTo(toldIn(told));
            }
        }
    }

    @Test
    void aKilledCReaderHoldsNobodyBack() {
        try (Ring ring = create(false, false);
                CProgram reader = CProgram.start(peer, "read", ring.path(), 1000, "read")) {
            assertThat(reader.readLine()).isEqualTo("joined");
            reader.kill();
            write(ring);
            assertThat(ring.status().readers().get(0).state()).isEqualTo(RingStatus.SlotState.FREE);
        }
    }

    @Test
    void aCWriterFreesTheSlotOfAKilledReader() {
        try (Ring ring = create(true, false);
                CProgram reader = CProgram.start(peer, "read", ring.path(), 1000, "read");
                CProgram writer = CProgram.start(peer, "write", ring.path(), 7, LINES, "singly", told())) {
            assertThat(reader.readLine()).isEqualTo("joined");
            reader.kill();
            writer.writeLine("go");
            assertThat(writer.waitFor()).isZero();
            assertThat(ring.status().readers().get(0).state()).isEqualTo(RingStatus.SlotState.FREE);
        }
    }

    @ParameterizedTest
    @CsvSource({"fixed, lossless", "fixed, overwrite", "variable, lossless", "variable, overwrite"})
    void javaAttachesToWhatCCreates(String kind, String mode) throws IOException {
        final Path path = directory.resolve("ring");
        try (CProgram creator = CProgram.start(peer, "create", path, kind, mode)) {
            assertThat(creator.readLine()).as("creating it once more").isEqualTo("-11");
            assertThat(creator.readLine()).isEqualTo("ready");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-r-----");
            try (Ring ring = Ring.attach(path);
                    RingReader reader = ring.join(StartPosition.OLDEST);
                    SegmentWriter writer = ring.claim(1)) {
                assertThat(ring.segments()).isEqualTo(2);
                assertThat(ring.readers()).isEqualTo(3);
                assertThat(ring.lineSize()).isEqualTo(LINE_SIZE);
                assertThat(ring.isVariableLength()).isEqualTo(kind.equals("variable"));
                assertThat(ring.isOverwrite()).isEqualTo(mode.equals("overwrite"));
                assertThat(ring.status().segments().get(0).capacity())
                        .isEqualTo(ring.isVariableLength() ? 4096 : LINE_SIZE);
                assertThat(Lines.write(writer, "from Java")).isEqualTo(1);
                assertThat(Lines.readAll(reader.segment(1))).containsExactly("from Java");
            }
            creator.endInput();
            assertThat(creator.waitFor()).isZero();
        }
        try (var left = Files.list(directory)) {
            assertThat(left).as("the last one to leave removes the ring").isEmpty();
        }
    }

    @Test
    void aChildAttachesForItself() {
        try (Ring ring = Ring.create(
                        directory.resolve("ring"),
                        RingOptions.builder().segments(2).build());
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram parent = CProgram.start(peer, "fork", ring.path())) {
            assertThat(parent.readLine())
                    .as("in the child the parent's writer is closed")
                    .isEqualTo("child: -17, held 0");
            assertThat(parent.readLine())
                    .as("the parent keeps its claim when the child closes its copy")
                    .isEqualTo("child in segment 1");
            assertThat(parent.readLine()).isEqualTo("parent: held 1, child 0");
            assertThat(parent.readLine()).as("after closefrom(3)").isEqualTo("parent: held 0");
            assertThat(parent.waitFor()).isZero();
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("parent");
            assertThat(Lines.readAll(reader.segment(1))).containsExactly("child");
        }
    }

    @Test
    void damagedHeadersAreRefused() throws IOException {
        final Path path = directory.resolve("ring");
        assertThat(status(path)).startsWith("-12 there is no ring at ");
        try (Ring ring = Ring.create(path, RingOptions.builder().segments(3).build())) {
            assertThat(status(path)).startsWith("0 ");
            final int end = RingHeader.size(ring.segments());
            for (int offset = 0; offset < end; offset += 37) {
                flip(path, offset);
                assertThat(status(path)).as("byte %s", offset).matches("-1[45] .*" + path + ".*");
                flip(path, offset);
            }
            assertThat(status(path)).startsWith("0 ");
            flip(path.resolveSibling("ring.cursors"), 16);
            assertThat(status(path)).contains("its cursors belong to another ring");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aReaderSurvivesWhateverStandsInTheRing(boolean variable, boolean overwrite) throws IOException {
        final Random random = new Random(variable ? 5 : 6);
        try (Ring ring = create(variable, overwrite);
                CProgram reader = CProgram.start(peer, "survive", ring.path());
                SegmentWriter writer = ring.claim(0, FullPolicy.drop());
                FileChannel data = FileChannel.open(ring.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(reader.readLine()).isEqualTo("joined");
            final int size = (int) data.size();
            final ByteBuffer segment = data.map(FileChannel.MapMode.READ_WRITE, 0, size);
            final byte[] line = new byte[LINE_SIZE];
            for (long begin = System.nanoTime(), number = 0; System.nanoTime() - begin < SURVIVAL_NANOS / 4; number++) {
                writer.write(line, 0, lengthOf(number), 1);
                if (number % 8 == 0) {
                    // Half of them where indices are: the control block is small, and the records are many.
                    final int offset = random.nextBoolean()
                            ? 4096 + random.nextInt(512)
                            : 4096 + 512 + random.nextInt(size - 4096 - 512);
                    segment.put(offset, (byte) random.nextInt());
                }
            }
            reader.writeLine("stop");
            assertThat(reader.readLine()).matches("[1-9]\\d* calls, \\d+ refused, sum \\d+");
            assertThat(reader.waitFor()).isZero();
        }
    }

    private Ring create(boolean variable, boolean overwrite) {
        final RingOptions.Builder options =
                RingOptions.builder().lineSize(LINE_SIZE).overwrite(overwrite).readers(3);
        return Ring.create(
                directory.resolve("ring"), (variable ? options.variableLength(1 << 14) : options.lines(128)).build());
    }

    private Path told() {
        return directory.resolve("told");
    }

    private static long toldIn(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private static String status(Path ring) {
        try (CProgram program = CProgram.start(peer, "status", ring)) {
            final String status = program.readLine();
            assertThat(program.waitFor()).isZero();
            return status;
        }
    }

    private static void flip(Path file, int offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 4)).rewind();
            channel.write(one, offset);
        }
    }

    private static void write(Ring ring) {
        final ByteBuffer line = ByteBuffer.allocate(LINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMinutes(1)))) {
            for (long number = 0; number < LINES; number++) {
                line.putLong(0, 7).putLong(Long.BYTES, number);
                final int length = lengthOf(number);
                for (int i = HEADER_SIZE; i < length; i++) {
                    line.put(i, (byte) (number + i));
                }
                assertThat(writer.write(line.array(), 0, length, Stamps.now())).isEqualTo(1);
            }
        }
    }

    private static int lengthOf(long number) {
        return HEADER_SIZE + (int) (number * 7 % (LINE_SIZE - HEADER_SIZE + 1));
    }

    /** What a reader has seen of one writer. */
    private static final class Account {
        private final SegmentReader reader;
        private final LineBuffer batch = LineBuffer.ofLines(50, LINE_SIZE);
        private long generation = 7;
        private boolean gapsAllowed;
        private long next;
        private long lines;
        private long lost;
        private long wrong;

        private Account(SegmentReader reader) {
            this.reader = reader;
        }

        private int read() {
            batch.clear();
            final int count = reader.read(batch, 50);
            for (int i = 0; i < count; i++) {
                look(batch.bytes(), batch.start(i), batch.length(i), batch.stamp(i));
            }
            lines += count;
            lost += batch.lost();
            return count;
        }

        private void look(ByteBuffer bytes, int start, int length, int stamp) {
            final long number = bytes.getLong(start + Long.BYTES);
            boolean right = bytes.getLong(start) == generation
                    && (gapsAllowed ? number >= next : number == next)
                    && length == lengthOf(number)
                    && stamp != Stamps.NONE;
            for (int i = HEADER_SIZE; i < length; i++) {
                right &= bytes.get(start + i) == (byte) (number + i);
            }
            wrong += right ? 0 : 1;
            next = number + 1;
        }
    }
}
