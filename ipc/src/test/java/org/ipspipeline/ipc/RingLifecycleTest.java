package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ipspipeline.ipc.layout.RingHeader;
import org.ipspipeline.ipc.layout.SegmentEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Creating, attaching, re-attaching, leaving: the rules of the thesis, and what is refused. */
class RingLifecycleTest {

    private static final RingOptions.Builder SMALL =
            RingOptions.builder().segments(2).lines(8).lineSize(20).readers(1);

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("ring");
    }

    private static RingOptions existing(RingOptions.Existing action) {
        return RingOptions.builder().segments(5).lines(64).existing(action).build();
    }

    private static void assertCode(RingException.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RingException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void creatingOnAnExistingRingFails() {
        try (Ring ring = Ring.create(path, SMALL.build())) {
            assertCode(RingException.Code.ALREADY_EXISTS, () -> Ring.create(path, SMALL.build()));
            assertThat(ring.segments()).isEqualTo(2);
        }
    }

    @Test
    void whoOnlyLookedLeavesTheRingBehind() throws IOException {
        final Ring creator = Ring.create(path, SMALL.build());
        final Ring onlooker = Ring.attach(path);
        creator.detach();
        assertCode(RingException.Code.BUSY, () -> Ring.remove(path));
        onlooker.detach();
        assertThat(path).exists();
        Ring.remove(path);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
        assertCode(RingException.Code.NOT_FOUND, () -> Ring.remove(path));
    }

    @Test
    void reattachingKeepsGeometryReadersAndUnreadLines() {
        try (Ring readers = Ring.create(path, SMALL.build());
                RingReader reader = readers.join(StartPosition.OLDEST)) {
            try (Ring server = Ring.attach(path);
                    SegmentWriter writer = server.claim(1)) {
                Lines.write(writer, "before");
            }
            try (Ring restarted = Ring.create(path, existing(RingOptions.Existing.REATTACH));
                    SegmentWriter writer = restarted.claim(1)) {
                assertThat(restarted.segments()).isEqualTo(2);
                assertThat(restarted.lineSize()).isEqualTo(20);
                Lines.write(writer, "after");
            }
            assertThat(Lines.readAll(reader.segment(1))).containsExactly("before", "after");
        }
    }

    @Test
    void reattachingCreatesARingWhereThereIsNone() {
        try (Ring ring = Ring.create(path, existing(RingOptions.Existing.REATTACH))) {
            assertThat(ring.segments()).isEqualTo(5);
        }
    }

    @Test
    void replacingIsRefusedWhileSomebodyIsAttachedAndDoneAfterwards() {
        try (Ring kept = Ring.create(path, SMALL.keep(true).build())) {
            assertCode(
                    RingException.Code.ALREADY_EXISTS, () -> Ring.create(path, existing(RingOptions.Existing.REPLACE)));
            assertThat(kept.segments()).isEqualTo(2);
        } finally {
            SMALL.keep(false);
        }
        assertThat(path).exists();
        try (Ring replaced = Ring.create(path, existing(RingOptions.Existing.REPLACE))) {
            assertThat(replaced.segments()).isEqualTo(5);
        }
    }

    @Test
    void attachingToAMissingRingFailsAndLeavesNothingBehind() throws IOException {
        assertCode(RingException.Code.NOT_FOUND, () -> Ring.attach(path));
        assertCode(RingException.Code.NOT_FOUND, () -> Ring.attach(directory.resolve("no/such/directory")));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void readersGetAnIdAndFailWhenNoSlotIsFree() {
        try (Ring ring = Ring.create(path, SMALL.build())) {
            try (RingReader reader = ring.join(StartPosition.OLDEST)) {
                assertThat(reader.readerId()).isZero();
                assertCode(RingException.Code.NO_FREE_SLOT, () -> ring.join(StartPosition.OLDEST));
            }
            try (RingReader next = ring.join(StartPosition.OLDEST)) {
                assertThat(next.readerId()).isZero();
            }
        }
    }

    @Test
    void theLastOneToLeaveRemovesEveryFile() throws IOException {
        final Ring first = Ring.create(path, SMALL.build());
        final Ring second = Ring.attach(path);
        first.close();
        assertThat(path).exists();
        second.close();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aKeptRingStaysWithItsUnreadLines() {
        try (Ring ring = Ring.create(path, RingOptions.builder().keep(true).build());
                SegmentWriter writer = ring.claim(0)) {
            Lines.write(writer, "unread");
        }
        try (Ring ring = Ring.attach(path);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("unread");
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void filesAreCreatedWithTheirModeWhateverTheUmask(RingAccess access, String data, String others)
            throws IOException {
        try (Ring ring = Ring.create(path, RingOptions.builder().access(access).build())) {
            assertThat(ring.path()).isEqualTo(path);
            assertThat(mode("ring")).isEqualTo(data);
            assertThat(mode("ring.cursors")).isEqualTo(others);
            assertThat(mode("ring.locks")).isEqualTo(others);
        }
    }

    static Stream<Object[]> modes() {
        return Stream.of(
                new Object[] {RingAccess.OWNER, "rw-------", "rw-------"},
                new Object[] {RingAccess.GROUP_READS, "rw-r-----", "rw-rw----"},
                new Object[] {RingAccess.GROUP_WRITES, "rw-rw----", "rw-rw----"});
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    @Test
    void otherFilesAreNeitherOverwrittenNorFollowed() throws IOException {
        Files.writeString(path, "precious");
        assertCode(RingException.Code.ALREADY_EXISTS, () -> Ring.create(path, SMALL.build()));
        assertCode(RingException.Code.ALREADY_EXISTS, () -> Ring.create(path, existing(RingOptions.Existing.REPLACE)));
        assertThat(path).hasContent("precious");
        final Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory.resolve("elsewhere"));
        assertCode(RingException.Code.ALREADY_EXISTS, () -> Ring.create(link, SMALL.build()));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(path, link);
        }
    }

    @Test
    void everyByteOfTheHeaderIsProtected() throws IOException {
        try (Ring ring = Ring.create(path, SMALL.build())) {
            final int size = RingHeader.size(ring.segments());
            for (int i = 0; i < size; i++) {
                final int offset = i;
                flip(offset);
                assertThatThrownBy(() -> Ring.attach(path))
                        .as("byte %s", offset)
                        .isInstanceOfSatisfying(
                                RingException.class,
                                e -> assertThat(e.code())
                                        .isIn(RingException.Code.DAMAGED, RingException.Code.INCOMPATIBLE));
                flip(offset);
            }
            Ring.attach(path).close();
        }
    }

    private void flip(int offset) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) ~one.get(0)).rewind();
            channel.write(one, offset);
        }
    }

    @Test
    void aShortenedRingIsRefused() throws IOException {
        try (Ring ring = Ring.create(path, SMALL.build())) {
            final int rest = SegmentEntry.offset(ring.segments());
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(rest);
            }
            assertCode(RingException.Code.MEMORY, () -> Ring.attach(path));
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(10);
            }
            assertCode(RingException.Code.INCOMPATIBLE, () -> Ring.attach(path));
        }
    }

    @Test
    void whatACreatorLeftThatDiedIsReplaced() throws IOException {
        try (Ring ring = Ring.create(path, RingOptions.builder().keep(true).build())) {
            assertThat(ring.segments()).isEqualTo(1);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Integer.BYTES), RingHeader.VERSION_OFFSET);
        }
        assertCode(RingException.Code.DAMAGED, () -> Ring.attach(path));
        try (Ring ring = Ring.create(path, SMALL.build())) {
            assertThat(ring.segments()).isEqualTo(2);
        }
        Files.createFile(path);
        try (Ring ring = Ring.create(path, SMALL.build())) {
            assertThat(ring.segments()).isEqualTo(2);
        }
    }

    @Test
    void optionsOutOfRangeAreRefusedWithTheirRange() {
        assertCode(
                RingException.Code.INVALID_ARGUMENT,
                () -> RingOptions.builder().segments(0).build());
        assertCode(
                RingException.Code.INVALID_ARGUMENT,
                () -> RingOptions.builder().segments(1025).build());
        assertCode(
                RingException.Code.INVALID_ARGUMENT,
                () -> RingOptions.builder().readers(65).build());
        assertCode(
                RingException.Code.INVALID_ARGUMENT,
                () -> RingOptions.builder().lines(0).build());
        assertCode(
                RingException.Code.INVALID_ARGUMENT,
                () -> RingOptions.builder().segments(3).lines(1, 2).build());
        assertCode(
                RingException.Code.INVALID_ARGUMENT,
                () -> RingOptions.builder().lines(1 << 30).build());
        assertThatThrownBy(() -> RingOptions.builder().lineSize(0).build())
                .hasMessage("line size must be between 1 and 1048576, not 0");
    }

    @Test
    void segmentsHaveTheirOwnCapacities() {
        try (Ring ring = Ring.create(
                path, RingOptions.builder().segments(3).lines(5, 100, 1).build())) {
            assertThat(ring.status().segments())
                    .extracting(RingStatus.SegmentStatus::capacity)
                    .containsExactly(8L, 128L, 2L);
        }
    }

    @Test
    void whatIsClosedSaysSo() {
        final Ring ring = Ring.create(path, SMALL.build());
        final SegmentWriter writer = ring.claim(0);
        final RingReader reader = ring.join(StartPosition.OLDEST);
        ring.close();
        ring.close();
        assertCode(RingException.Code.CLOSED, () -> ring.claim(1));
        assertCode(RingException.Code.CLOSED, () -> Lines.write(writer, "x"));
        assertCode(RingException.Code.CLOSED, () -> Lines.read(reader.segment(0), 1));
    }
}
