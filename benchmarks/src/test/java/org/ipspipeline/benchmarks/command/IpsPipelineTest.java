package org.ipspipeline.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The promises of the command line as a whole: help on all levels, one line for what is wrong. */
final class IpsPipelineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            IpsPipeline.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpIsThereOnAllLevels() {
        assertThat(commandLine.execute("--help")).isZero();
        assertThat(allCommands(commandLine)).allSatisfy(command -> {
            assertThat(command.getCommandSpec().findOption("--help"))
                    .as("--help of " + command.getCommandSpec().qualifiedName())
                    .isNotNull();
            assertThat(command.getUsageMessage()).contains("Usage: ");
        });
    }

    @Test
    void aWrongOptionIsOneLineAndExitCode2() {
        assertThat(commandLine.execute("--no-such-option")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("--no-such-option");
    }

    @Test
    void anUnknownComparisonIsNamed() {
        assertThat(commandLine.execute("bench", "nonsense")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("nonsense");
    }

    @Test
    void addressRecordsHoldNoTextToMatchAndComeFromRings() {
        assertThat(commandLine.execute("run", "-s", "file:/var/log/x", "--address-records", "--dry-run"))
                .isEqualTo(2);
        assertThat(commandLine.execute(
                        "run", "-s", "ring:/dev/shm/x", "-e", "<HOST>", "--address-records", "--dry-run"))
                .isEqualTo(2);
        assertThat(commandLine.execute("run", "-s", "ring:/dev/shm/x", "--dry-run"))
                .isEqualTo(2);
        assertThat(commandLine.execute("run", "-s", "ring:/dev/shm/x", "--address-field", "0", "--dry-run"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("file:/var/log/x").contains("ring:"),
                        line -> assertThat(line).contains("--pattern"),
                        line -> assertThat(line).contains("--address-records"),
                        line -> assertThat(line).contains("--address-field 0", "from 1"));
    }

    private static Stream<CommandLine> allCommands(CommandLine root) {
        return root.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), allCommands(command)));
    }
}
