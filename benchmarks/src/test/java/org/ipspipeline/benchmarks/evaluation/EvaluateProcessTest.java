package org.ipspipeline.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.benchmarks.command.Program;
import org.ipspipeline.benchmarks.evaluation.result.Quantity;
import org.ipspipeline.benchmarks.evaluation.result.ResultDirectory;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment as a user runs it, with ours and with fail2ban; what is there is not run again; nothing is left behind. */
final class EvaluateProcessTest {

    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void needsNamespacesAndAMachineMeasuredBefore() throws IOException {
        Machine.needsRoot();
        Machine.needsPrograms("ip", "nsenter", "setpriv");
        // Half of it is 20,000 packets a second.
        Files.writeString(
                directory.resolve("calibration.json"), JSON.std.asString(Map.of("sender_pps", Map.of("4", 40_000))));
        Files.writeString(directory.resolve("tables.json"), "{}");
    }

    @Test
    void aRunBansInTheKernelAndIsNotRunAgain() throws Exception {
        Process first = evaluate("few-50");

        RunResult run = new ResultDirectory(directory).find("few-50").orElseThrow();
        assertThat(run.figures().unaccounted()).isZero();
        assertThat(run.figures().lost()).isZero();
        assertThat(run.figures().relativeDropPercent()).isBetween(50.0, 110.0);
        assertThat(run.samples().last(Quantity.BANS)).isGreaterThanOrEqualTo(254);
        assertThat(run.samples().last(Quantity.ARRIVED))
                .isGreaterThanOrEqualTo(run.samples().last(Quantity.DROPPED));
        assertThat(run.samples().count()).isGreaterThan(10);
        assertThat(Files.readString(directory.resolve("index.html")))
                .contains("few-50")
                .contains("<svg ");
        assertThat(leftovers(first.pid())).isEmpty();

        FileTime measured = Files.getLastModifiedTime(directory.resolve("rows/few-50.json"));
        evaluate("few-50");
        assertThat(Files.getLastModifiedTime(directory.resolve("rows/few-50.json")))
                .isEqualTo(measured);
    }

    @Test
    void fail2banBansWithItsOwnActionInANetworkOfItsOwn() throws Exception {
        Machine.needsFile("/usr/bin/fail2ban-server");
        Machine.needsPrograms("nft");

        Process first = evaluate("fail2ban-nftables-one-ban");

        RunResult run =
                new ResultDirectory(directory).find("fail2ban-nftables-one-ban").orElseThrow();
        assertThat(run.notes()).containsEntry("enforcement", "netfilter");
        assertThat(run.samples().last(Quantity.BANS)).isPositive();
        assertThat(run.samples().last(Quantity.DROPPED)).isPositive();
        assertThat(leftovers(first.pid())).isEmpty();
    }

    private Process evaluate(String row) throws Exception {
        Path output = directory.resolve("output");
        Process process = Program.start(output, "evaluate", row, "--quick", "--out", directory.toString());
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return process;
    }

    /** What bears the evaluation's process id, and servers of fail2ban. */
    private static List<String> leftovers(long pid) throws IOException {
        String mark = Environment.PREFIX + pid + "-";
        try (Stream<Path> namespaces = Files.list(Path.of("/run/netns"));
                Stream<Path> memory = Files.list(Path.of("/dev/shm"))) {
            Stream<String> files = Stream.concat(namespaces, memory)
                    .map(path -> path.getFileName().toString());
            Stream<String> processes = ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""));
            return Stream.concat(files, processes)
                    .filter(name -> name.contains(mark))
                    .toList();
        }
    }
}
