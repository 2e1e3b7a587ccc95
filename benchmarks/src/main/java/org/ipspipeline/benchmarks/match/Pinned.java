package org.ipspipeline.benchmarks.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ipspipeline.benchmarks.comparison.NativeProgram;

/** Runs contenders that are processes, on the first core where {@code taskset} can hold them there. */
final class Pinned {

    private static final boolean HAS_TASKSET = NativeProgram.isInstalled("taskset");

    private Pinned() {}

    /** What a peer printed: lines a second, bytes allocated for each line, matches and different addresses of a pass. */
    record Result(double rate, double allocated, long matches, long addresses) {}

    /** Runs a peer that measures itself. */
    static Result measured(ProcessBuilder command) throws IOException {
        Process process = start(command);
        String line;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            line = out.readLine();
        }
        int code = process.onExit().join().exitValue();
        if (code != 0 || line == null) {
            throw failure(command, code);
        }
        String[] words = line.split(" ", -1);
        return new Result(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]));
    }

    /** Runs a program from its start to its end; the seconds that it took. */
    static double seconds(List<String> command) throws IOException {
        ProcessBuilder program = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        long begin = System.nanoTime();
        Process process = start(program);
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        int code = process.onExit().join().exitValue();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (code != 0) {
            throw failure(program, code);
        }
        return seconds;
    }

    private static Process start(ProcessBuilder command) throws IOException {
        if (HAS_TASKSET) {
            List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
            pinned.addAll(command.command());
            command.command(pinned);
        }
        return command.start();
    }

    private static IOException failure(ProcessBuilder command, int code) {
        return new IOException(
                String.format(Locale.ROOT, "%s failed with exit code %d", String.join(" ", command.command()), code));
    }
}
