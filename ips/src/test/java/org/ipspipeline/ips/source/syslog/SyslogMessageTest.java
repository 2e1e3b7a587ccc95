package org.ipspipeline.ips.source.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.stream.LineCollector;
import org.ipspipeline.ips.source.stream.LineHandover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyslogMessageTest {

    private static final int MAX_LENGTH = 80;

    private final LineHandover handover = new LineHandover(new Doorbell(1_000_000), MAX_LENGTH);
    private final LineCollector collector = new LineCollector(handover);
    private final SourceMeter meter = new SourceMeter();
    private final SyslogMessage messages = new SyslogMessage(collector, meter, MAX_LENGTH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <34>Oct 11 22:14:15 box su[1]: failed      | Oct 11 22:14:15 box su[1]: failed
                    <34>Oct 11 22:14:15 box su[1]: failed\\n   | Oct 11 22:14:15 box su[1]: failed
                    <34>one\\nforged\\0                         | one forged
                    no priority                                | no priority
                    <3412>too long                             | <3412>too long
                    <>none                                     | <>none
                    <34>1 2026-11-24T10:00:00Z box su 7 ID - x | 2026-11-24T10:00:00Z box su[7]: x
                    <34>1 - box su - - - x                     | box su: x
                    <34>1 - - - - - -                          | - -:
                    <34>1 - box su - - [a b="]\\"c" d="e"][f] x | box su: x
                    <34>1 - box su - - [a b="c x               | 1 - box su - - [a b="c x
                    <34>1 - box su                             | 1 - box su
                    <34>1 - box su - - - \\uFEFFx               | box su: x
                    """)
    void becomesTheLineOfALogFile(String written, String line) throws InterruptedException {
        final String message = written.replace("\\n", "\n").replace("\\0", "\0").replace("\\uFEFF", "\uFEFF");
        final byte[] bytes = message.getBytes(UTF_8);
        messages.take(bytes, bytes.length);
        assertThat(lines()).containsExactly(line.endsWith(":") ? line + " " : line);
    }

    @Test
    void isCutAndCountedWhenItIsTooLong() throws InterruptedException {
        final byte[] bytes = "x".repeat(MAX_LENGTH + 1).getBytes(UTF_8);
        messages.take(bytes, bytes.length - 1);
        assertThat(meter.status("", "", 0, 0, 0).cutLines()).isZero();
        messages.take(bytes, bytes.length);
        messages.take(bytes, 0);
        assertThat(lines()).containsExactly("x".repeat(MAX_LENGTH), "x".repeat(MAX_LENGTH));
        assertThat(meter.status("", "", 0, 0, 0).cutLines()).isEqualTo(1);
    }

    @Test
    void isFoundInAStreamHoweverItIsCutIntoPieces() throws InterruptedException {
        final byte[] stream = "7 <1>a\nbc<1>line\n\n<1>zero\0008 <1>12345"
                .concat("2026 is no count\n4 <1>")
                .getBytes(UTF_8);
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final MessageFraming framing = new MessageFraming(messages, meter, 1000);
            int at = 0;
            while (at < stream.length) {
                final int length = Math.min(stream.length - at, 1 + random.nextInt(12));
                assertThat(framing.take(ByteBuffer.wrap(stream, at, length))).isTrue();
                at += length;
            }
            framing.end();
            // "2026 " is a count: what follows is inside that message.
            assertThat(lines()).containsExactly("a bc", "line", "zero", "12345");
        }
    }

    @Test
    void isRefusedWithALengthThatNoMessageHas() throws InterruptedException {
        final MessageFraming framing = new MessageFraming(messages, meter, 1000);
        assertThat(framing.take(ByteBuffer.wrap("99999999 <1>x".getBytes(UTF_8))))
                .isFalse();
        assertThat(meter.status("", "", 0, 0, 0).losses()).extracting("reason").containsExactly(LossReason.MALFORMED);
    }

    private List<String> lines() {
        collector.flush();
        final List<String> lines = new ArrayList<>();
        final LineBuffer buffer = new LineBuffer(100, 10_000);
        handover.take(buffer);
        for (int i = 0; i < buffer.count(); i++) {
            final byte[] line = new byte[buffer.length(i)];
            buffer.bytes().get(buffer.start(i), line);
            lines.add(new String(line, UTF_8));
        }
        return lines;
    }
}
