package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.ipc.futex.Futex;
import org.ipspipeline.testing.ChildJvm;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiting readers see lines of another process, in every way of waiting, and give up after their timeout. */
class WaitStrategyTest {

    private static final int ROUNDS = 200;

    @TempDir
    private Path directory;

    static Stream<Named<WaitStrategy>> strategies() {
        return Stream.of(
                Named.of("busySpin", WaitStrategies.busySpin()),
                Named.of("yielding", WaitStrategies.yielding()),
                Named.of("parking", WaitStrategies.parking()),
                Named.of("futex", WaitStrategies.futex()));
    }

    private Ring ring() {
        return Ring.create(
                directory.resolve("ring"),
                RingOptions.builder().segments(3).lines(16).build());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void linesOfAnotherProcessEndTheWait(WaitStrategy strategy) {
        try (Ring ring = ring();
                RingReader reader = ring.join(StartPosition.OLDEST);
                ChildJvm writer = ChildJvm.start(EchoWriter.class, ring.path())) {
            exchange(writer, reader.range(0, 3), strategy);
        }
    }

    private static void exchange(ChildJvm writer, RangeReader range, WaitStrategy strategy) {
        assertThat(writer.readLine()).isEqualTo("claimed");
        final LineBuffer lines = LineBuffer.ofLines(4, 128);
        for (int i = 0; i < ROUNDS; i++) {
            writer.writeLine("line " + i);
            assertThat(range.await(strategy, TimeUnit.SECONDS.toNanos(30))).isTrue();
            lines.clear();
            assertThat(range.read(lines, 4)).isEqualTo(1);
            assertThat(Lines.texts(lines)).isEqualTo(List.of("line " + i));
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void linesOfAProcessThatCannotWakeReadersEndTheWaitToo(WaitStrategy strategy) {
        try (Ring ring = ring();
                RingReader reader = ring.join(StartPosition.OLDEST);
                ChildJvm writer = ChildJvm.startWithout("jnr", EchoWriter.class, ring.path())) {
            exchange(writer, reader.range(0, 3), strategy);
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void waitingEndsAfterTheTimeoutAndOnInterrupt(WaitStrategy strategy) {
        try (Ring ring = ring();
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final RangeReader range = reader.range(1, 2);
            assertThat(range.await(strategy, TimeUnit.MILLISECONDS.toNanos(120)))
                    .isFalse();
            Thread.currentThread().interrupt();
            assertThat(range.await(strategy, Long.MAX_VALUE)).isFalse();
            assertThat(Thread.interrupted()).isTrue();
            Lines.write(ring.claim(1), "there");
            assertThat(range.await(strategy, 0)).isTrue();
        }
    }

    @Test
    void aSleeperIsWokenAndItsBitTakenBack() throws InterruptedException {
        assertThat(Futex.available()).isPresent();
        try (Ring ring = ring();
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            final RangeReader range = reader.range(0, 1);
            final Thread sleeper = new Thread(() -> range.await(WaitStrategies.futex(), TimeUnit.MINUTES.toNanos(1)));
            sleeper.start();
            Lines.write(writer, "wake");
            sleeper.join();
            assertThat(range.hasLines()).isTrue();
        }
    }

    /** Writes every line of its standard input to a segment. */
    static final class EchoWriter {

        public static void main(String[] arguments) throws IOException {
            try (Ring ring = Ring.attach(Path.of(arguments[0]));
                    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                final SegmentWriter writer = ring.claim(2);
                System.out.println("claimed");
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    Lines.write(writer, line);
                }
            }
        }
    }
}
