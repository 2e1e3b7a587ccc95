package org.ipspipeline.benchmarks.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the programs that set up networks and contenders. */
public final class Tool {

    private Tool() {}

    /** Runs a program to its end; returns what it printed, throws when it failed. */
    public static String run(String input, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    /** As {@link #run}, inside a network namespace. */
    public static String runInside(String namespace, String input, String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
        whole.addAll(List.of(command));
        return run(input, whole);
    }

    /** Whether a program can be started at all. */
    public static boolean isThere(String... command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
            return true;
        } catch (IOException absent) {
            return false;
        }
    }
}
