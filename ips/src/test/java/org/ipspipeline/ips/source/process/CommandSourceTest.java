package org.ipspipeline.ips.source.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandSourceTest {

    @TempDir
    private Path directory;

    @Test
    void givesAllThatACommandPrintsAndEndsWithIt() throws IOException {
        try (LineSource source = start("seq 100000; printf last", RestartPolicy.NEVER)) {
            final LinesOf lines = new LinesOf(source);
            await().untilAsserted(() -> {
                lines.soFar();
                assertThat(source.isExhausted()).isTrue();
            });
            assertThat(lines.soFar())
                    .isEqualTo(java.util.stream.Stream.concat(
                                    IntStream.rangeClosed(1, 100_000).mapToObj(Integer::toString),
                                    java.util.stream.Stream.of("last"))
                            .collect(Collectors.toList()));
            await().untilAsserted(() -> assertThat(source.status().state()).contains("ended with status 0"));
        }
    }

    @Test
    void startsACommandAgainUntilItSucceeds() throws IOException {
        final Path runs = directory.resolve("runs");
        final String command = "echo x >>" + runs + "; wc -l <" + runs + "; [ $(wc -l <" + runs
                + ") = 3 ] || { echo no luck >&2; exit 7; }";
        try (LineSource source = start(command, RestartPolicy.ON_FAILURE)) {
            final LinesOf lines = new LinesOf(source);
            await().untilAsserted(() -> assertThat(source.status().state()).contains("status 7: no luck"));
            await().untilAsserted(() -> {
                assertThat(lines.soFar()).containsExactly("1", "2", "3");
                assertThat(source.isExhausted()).isTrue();
            });
        }
    }

    @Test
    void endsTheCommandAndWhatItStartedWhenItIsClosed() throws IOException {
        final Path mark = directory.resolve("mark");
        final LineSource source = start("sleep 1234 & echo $! >" + mark + "; echo ready; wait", RestartPolicy.ALWAYS);
        final LinesOf lines = new LinesOf(source);
        await().untilAsserted(() -> assertThat(lines.soFar()).containsExactly("ready"));
        final long child = Long.parseLong(Files.readString(mark).strip());
        assertThat(ProcessHandle.of(child)).isPresent();
        source.close();
        await().untilAsserted(() -> assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive))
                .isEmpty());
        await().untilAsserted(() -> assertThat(source.isExhausted()).isTrue());
    }

    private static LineSource start(String command, RestartPolicy policy) {
        return CommandSource.start("command:test", command, policy, new Doorbell(1_000_000), 1000);
    }
}
