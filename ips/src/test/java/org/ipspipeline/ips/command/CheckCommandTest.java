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
import org.ipspipeline.ips.Fail2banPackage;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check}, as an operator calls it. */
@NullUnmarked
class CheckCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void nothingOfThePackageIsBroken() throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        assertThat(run(installed.configuration(), "--json")).isZero();
        Map<String, Object> found = JSON.std.mapFrom(out.toString());
        assertThat((List<?>) found.get("problems")).isEmpty();
        assertThat((List<?>) found.get("filters")).hasSizeGreaterThan(50);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsBrokenIsNamedWithItsFileAndLine() throws IOException {
        write();
        assertThat(run(directory)).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith("ips-pipeline: " + directory))
                .anySatisfy(line -> assertThat(line)
                        .contains("filter.d/torn.conf:3: filter torn: failregex 'knock from <HOST> ('")
                        .contains("position"))
                .anySatisfy(line ->
                        assertThat(line).contains("jail.conf:7: 'maxretry' of jail 'slow': 'many' is no whole number"))
                .anySatisfy(line -> assertThat(line).contains("filter.d/nowhere.conf: there is no filter 'nowhere'"))
                .anySatisfy(line ->
                        assertThat(line).contains("filter.d/anybody.conf:2").contains("whose failure"));
        assertThat(out.toString()).contains("4 things are broken").containsPattern("slow .* broken");
    }

    @Test
    void expressionsAreListedWithWhatReachesThem() throws IOException {
        write();
        run(directory, "--all");
        assertThat(out.toString())
                .contains("3 of them enabled")
                .containsPattern("1  'knock at the door from '.* ns  knock at the door from <HOST>")
                .containsPattern("2  every line.* ns  \\^<HOST>\\$")
                .contains("jail 'door' has no log file that exists: /nowhere/door.log");
    }

    private void write() throws IOException {
        Files.createDirectories(directory.resolve("filter.d"));
        Files.writeString(directory.resolve("jail.conf"), """
                [door]
                enabled = true
                filter = door
                logpath = /nowhere/door.log
                [slow]
                filter = door
                maxretry = many
                [lost]
                enabled = true
                filter = nowhere
                [torn]
                enabled = true
                filter = torn
                """);
        Files.writeString(directory.resolve("filter.d/door.conf"), """
                [Definition]
                failregex = knock at the door from <HOST>
                            ^<HOST>$
                """);
        Files.writeString(directory.resolve("filter.d/torn.conf"), """
                # half an expression
                [Definition]
                failregex = knock from <HOST> (
                """);
        Files.writeString(directory.resolve("filter.d/anybody.conf"), """
                [Definition]
                failregex = somebody knocked
                """);
    }

    private int run(Path config, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--config";
        all[1] = config.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return OneLineErrors.install(new CommandLine(new CheckCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }
}
