package org.ipspipeline.loadgen.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a capture, and what is refused with the place of the fault. */
final class CaptureFileTest {

    private static final int FRAMES = 30;
    private static final int SECOND_FRAME = 24 + 16 + 60;

    @TempDir
    private Path directory = Path.of("");

    private Path file = Path.of("");
    private byte[] bytes = {};

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("capture.pcap");
        Captures.write(file, FRAMES, 2_900_000);
        bytes = Files.readAllBytes(file);
    }

    @Test
    void framesAreDueAtTheTimesTheyWereCapturedAt() throws IOException {
        RateProfile recorded = CaptureFile.open(file).recorded();

        assertThat(recorded.due(0)).isEqualTo(1);
        assertThat(recorded.due(0.0999)).isEqualTo(1);
        assertThat(recorded.due(0.1001)).isEqualTo(2);
        assertThat(recorded.due(1.0501)).isEqualTo(11);
        assertThat(recorded.due(100)).isEqualTo(FRAMES);
    }

    @Test
    void aByteOrderIsAsGoodAsTheOther() throws IOException {
        ByteBuffer swapped = ByteBuffer.wrap(bytes.clone());
        for (int at = 0; at < 24; at += Integer.BYTES) {
            swapped.putInt(at, Integer.reverseBytes(swapped.getInt(at)));
        }
        int at = 24;
        while (at < bytes.length) {
            int length = ByteBuffer.wrap(bytes).getInt(at + 8);
            for (int field = 0; field < 4; field++) {
                int word = at + field * Integer.BYTES;
                swapped.putInt(word, Integer.reverseBytes(swapped.getInt(word)));
            }
            at += 16 + length;
        }
        Files.write(file, swapped.array());

        CaptureFile capture = CaptureFile.open(file);

        assertThat(capture.count()).isEqualTo(FRAMES);
        assertThat(capture.recorded().due(1.0501)).isEqualTo(11);
        assertThat(capture.isIpv4(0)).isTrue();
        assertThat(capture.isIpv4(2)).isFalse();
    }

    @Test
    void whatIsNotWholeIsRefusedWithItsPlace() throws IOException {
        refuses(Arrays.copyOf(bytes, bytes.length - 1), "in the middle of frame 30");
        refuses(Arrays.copyOf(bytes, SECOND_FRAME + 3), "in the middle of frame 2");
        refuses(Arrays.copyOf(bytes, 24), "holds no frames");
        byte[] cut = bytes.clone();
        ByteBuffer.wrap(cut).putInt(SECOND_FRAME + 12, 1000);
        refuses(cut, "frame 2, 60 of 1000 bytes");
        byte[] wireless = bytes.clone();
        ByteBuffer.wrap(wireless).putInt(20, 105);
        refuses(wireless, "link type 105");
        byte[] newer = bytes.clone();
        ByteBuffer.wrap(newer).putInt(0, 0x0A0D0D0A);
        refuses(newer, "pcapng");
    }

    private void refuses(byte[] content, String why) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> CaptureFile.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }
}
