package org.ipspipeline.ips.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ScanCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void theResultIsOneObjectWithTheTopTen() throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(
                log,
                "Failed for a from 192.0.2.1\r\nAccepted\n" + "Failed for b from 192.0.2.1\n".repeat(3000)
                        + "Failed for c from 2001:db8::1");

        assertThat(run("--pattern", "Failed for .* from <HOST>$", "--json", log.toString()))
                .isZero();

        Map<String, Object> result = JSON.std.mapFrom(out.toString());
        assertThat(result)
                .containsOnlyKeys("lines", "matches", "addresses", "seconds", "lines_per_second", "top")
                .containsEntry("lines", 3003)
                .containsEntry("matches", 3002)
                .containsEntry("addresses", 2)
                .containsEntry(
                        "top",
                        List.of(
                                Map.of("address", "192.0.2.1", "matches", 3001),
                                Map.of("address", "2001:db8::1", "matches", 1)));
    }

    @Test
    void verdictsAreOneObjectALine() throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(log, "bad 192.0.2.1\ngood\n");

        assertThat(run("--pattern", "bad <HOST>", "--verdicts", log.toString())).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"line\":\"bad 192.0.2.1\",\"match\":true,\"host\":\"192.0.2.1\"}",
                        "{\"line\":\"good\",\"match\":false,\"host\":null}");
    }

    @Test
    void badInputIsOneLineAndExitCode2() {
        assertThat(run("--pattern", "from <HOST> (", directory.toString())).isEqualTo(2);
        assertThat(run("--pattern", "<HOST>", directory.toString())).isEqualTo(2);
        assertThat(run("--pattern", "<HOST>", directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("ips-pipeline: "));
        assertThat(err.toString()).contains("position 13", "not a regular file", "no such file");
    }

    private int run(String... arguments) {
        return OneLineErrors.install(new CommandLine(new ScanCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
