package org.ipspipeline.ips.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code scan --filter} and {@code scan --jail}, as an operator calls them. */
@NullUnmarked
class ScanFilterTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.createDirectories(directory.resolve("filter.d"));
        Files.writeString(directory.resolve("jail.conf"), "[door]\nfilter = door[who=wolf]\n");
        Files.writeString(directory.resolve("filter.d/door.conf"), """
                [Definition]
                who = \\S+
                failregex = ^\\s*refused <F-USER><who></F-USER> at <HOST>$
                            ^\\s*bad knock at <HOST>$
                ignoreregex = knock at 192\\.0\\.2\\.9$
                """);
        Files.writeString(directory.resolve("log"), """
                2026-01-02 03:04:05 refused wolf at 192.0.2.1
                1767323046.250 refused bear at 2001:db8::1
                2026-01-02 03:04:07 bad knock at 192.0.2.9
                2026-01-02 03:04:08 opened

                bad knock at 192.0.2.1
                """);
    }

    @Test
    void theSummaryCountsByRegex() {
        assertThat(run("--filter", "door")).isZero();
        assertThat(out.toString())
                .contains("         2    1  ^\\s*refused <F-USER>\\S+</F-USER> at <HOST>$")
                .contains("         1    2  ^\\s*bad knock at <HOST>$")
                .contains("         1    1  knock at 192\\.0\\.2\\.9$")
                .contains("lines     6: 3 matched, 1 ignored, 2 missed")
                .contains("dates     4 found, 2 lines without")
                .contains("addresses 2")
                .contains("2  192.0.2.1")
                .contains("1  2001:db8::1")
                .contains("lines/s");
    }

    @Test
    void theSummaryAsJson() throws IOException {
        assertThat(run("--filter", "door", "--json")).isZero();
        assertThat(JSON.std.mapFrom(out.toString()))
                .containsEntry("lines", 6)
                .containsEntry("matches", 3)
                .containsEntry("ignored", 1)
                .containsEntry("missed", 2)
                .containsEntry("dates_found", 4)
                .containsEntry("addresses", 2)
                .containsKeys("seconds", "lines_per_second")
                .containsEntry(
                        "failregexes",
                        List.of(
                                Map.of(
                                        "number",
                                        1,
                                        "regex",
                                        "^\\s*refused <F-USER>\\S+</F-USER> at <HOST>$",
                                        "hits",
                                        2),
                                Map.of("number", 2, "regex", "^\\s*bad knock at <HOST>$", "hits", 1)));
    }

    @Test
    void parametersJailsAndPathsReachTheFilter() throws IOException {
        assertThat(run("--filter", "door[who=bear]", "--json")).isZero();
        assertThat(run("--jail", "door", "--json")).isZero();
        assertThat(run("--filter", directory + "/filter.d/door.conf[who=cat]", "--json"))
                .isZero();
        assertThat(run("--filter", "door.conf", "--json")).isZero();
        List<Object> matches = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            matches.add(JSON.std.mapFrom(line).get("matches"));
        }
        assertThat(matches).containsExactly(2, 2, 1, 3);
    }

    @Test
    void eachLineOfTheInputHasOneVerdict() throws IOException {
        assertThat(run("--filter", "door", "--verdicts")).isZero();
        checkVerdicts();
    }

    @Test
    void theStandardInputIsReadLikeAFile() throws Exception {
        Process scan = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        "--config",
                        directory.toString(),
                        "--filter",
                        "door",
                        "--verdicts",
                        "-")
                .redirectInput(directory.resolve("log").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out.write(new String(scan.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(scan.waitFor()).isZero();
        checkVerdicts();
    }

    /** The command as a program of its own. */
    static final class Program {
        public static void main(String[] arguments) {
            System.exit(
                    OneLineErrors.install(new CommandLine(new ScanCommand())).execute(arguments));
        }
    }

    private void checkVerdicts() throws IOException {
        List<Map<String, Object>> verdicts = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            verdicts.add(JSON.std.mapFrom(line));
        }
        assertThat(verdicts).extracting(verdict -> verdict.get("number")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(verdicts)
                .extracting(verdict -> verdict.get("match"))
                .containsExactly(true, true, false, false, false, true);
        assertThat(verdicts.get(0))
                .containsEntry("line", "2026-01-02 03:04:05 refused wolf at 192.0.2.1")
                .containsEntry("host", "192.0.2.1")
                .containsEntry("time", "2026-01-02T03:04:05")
                .containsEntry("user", "wolf")
                .containsEntry("regex", 1)
                .containsEntry("groups", Map.of("ip4", "192.0.2.1", "user", "wolf"));
        assertThat(verdicts.get(1)).containsEntry("host", "2001:db8::1").containsEntry("user", "bear");
        assertThat((String) verdicts.get(1).get("time")).endsWith(":06.25");
        assertThat(((Number) verdicts.get(1).get("epoch")).doubleValue() % 1).isEqualTo(0.25);
        assertThat(verdicts.get(2)).containsEntry("ignored", true);
        assertThat(verdicts.get(4)).containsEntry("line", "").containsEntry("host", null);
        assertThat(verdicts.get(5)).containsEntry("regex", 2).containsEntry("time", null);
    }

    @Test
    void oneLineIsExplained() {
        assertThat(run("--filter", "door", "--explain", "2026-01-02 03:04:05 refused wolf at 192.0.2.1 today"))
                .isZero();
        assertThat(out.toString())
                .contains("date             '2026-01-02 03:04:05' is 2026-01-02T03:04:05")
                .contains("fits up to:  refused wolf at 192.0.2.1")
                .contains("then expects: $")
                .contains("verdict          no failure");
        out.getBuffer().setLength(0);
        assertThat(run("--filter", "door", "--explain", "2026-01-02 03:04:05 refused wolf at 192.0.2.1"))
                .isZero();
        assertThat(out.toString())
                .contains("verdict          a failure of 192.0.2.1, by failregex #1")
                .contains("user = wolf");
    }

    @Test
    void whatIsWrongIsOneLine() {
        assertThat(run("--filter", "window")).isEqualTo(2);
        assertThat(run("--filter", "dor")).isEqualTo(2);
        assertThat(run("--filter", "door[who=(]")).isEqualTo(2);
        assertThat(run("--jail", "dor")).isEqualTo(2);
        assertThat(run("--filter", "door", "--date-pattern", "%Q")).isEqualTo(2);
        assertThat(run("--filter", "door", "--log-time-zone", "Mars")).isEqualTo(2);
        assertThat(run("--filter", "door", "--use-dns", "perhaps")).isEqualTo(2);
        assertThat(run("--filter", "door", "--filter", "[", "-")).isEqualTo(2);
        assertThat(run("--filter", "door", directory.resolve("nothing").toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines().toList())
                .hasSize(9)
                .satisfiesExactly(
                        line -> assertThat(line).contains("there is no filter 'window'"),
                        line -> assertThat(line).contains("there is no filter 'dor'; did you mean 'door'?"),
                        line -> assertThat(line).contains("door.conf").contains("failregex"),
                        line -> assertThat(line).contains("did you mean 'door'?"),
                        line -> assertThat(line).contains("'%Q' is no date directive"),
                        line -> assertThat(line).contains("'Mars' is no time zone"),
                        line -> assertThat(line).contains("it takes yes, warn, no or raw"),
                        line -> assertThat(line).contains("--filter"),
                        line -> assertThat(line).contains("nothing: there is no such file"));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", directory.toString()));
        all.addAll(List.of(arguments));
        boolean hasFile = all.contains("-")
                || all.contains("--explain")
                || all.contains(directory.resolve("nothing").toString());
        if (!hasFile) {
            all.add(directory.resolve("log").toString());
        }
        return OneLineErrors.install(new CommandLine(new ScanCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
