package org.ipspipeline.benchmarks.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.benchmarks.comparison.JavaProcess;

/**
 * The processes of one measurement, all with one directory in shared memory. They end, and it is removed, when this is
 * closed.
 */
final class Peers implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 500;

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();

    Peers() throws IOException {
        final Path sharedMemory = Path.of("/dev/shm");
        this.directory = Files.createTempDirectory(
                Files.isWritable(sharedMemory) ? sharedMemory : Path.of(System.getProperty("java.io.tmpdir")),
                "ips-bench-ring-");
    }

    /**
     * Starts a JVM.
     *
     * @param main what it runs, with {@code SIDE DIRECTORY ARGUMENTS...}
     * @param jvmOptions further options
     * @param side which of the processes it is
     * @param arguments further arguments
     * @return its number, for {@link #result}
     */
    int start(Class<?> main, List<String> jvmOptions, String side, List<String> arguments) throws IOException {
        final List<String> all = new ArrayList<>(List.of(side, directory.toString()));
        all.addAll(arguments);
        final ProcessBuilder builder = JavaProcess.of(main, all.toArray(String[]::new));
        // Before the class path and what follows it; the first word is the JVM.
        builder.command().addAll(1, jvmOptions);
        processes.add(builder.start());
        return processes.size() - 1;
    }

    int start(Class<?> main, String side, String... arguments) throws IOException {
        return start(main, List.of(), side, List.of(arguments));
    }

    /** Waits until a process ends, and returns the line that it printed. */
    String result(int number) throws IOException {
        return result(processes.get(number));
    }

    /** Runs a program that needs no directory, and returns the line that it prints. */
    static String run(ProcessBuilder program) throws IOException {
        return result(program.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private static String result(Process process) throws IOException {
        final List<String> lines;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList();
        }
        final int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0 || lines.isEmpty()) {
            throw new IOException("a process ended with exit code " + exitCode);
        }
        // A contender may talk before.
        return lines.get(lines.size() - 1);
    }

    /** For the processes started here: one whose other side is gone, and that waits for it, ends when its starter does. */
    static void endWithStarter() {
        ProcessHandle.current().parent().ifPresent(starter -> {
            final Thread watch = new Thread(
                    () -> {
                        starter.onExit().join();
                        Runtime.getRuntime().halt(1);
                    },
                    "watch-starter");
            watch.setDaemon(true);
            watch.start();
        });
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            // One that sees that the others are gone leaves in order; one that waits for them does not.
            process.onExit()
                    .completeOnTimeout(process, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            process.destroyForcibly().onExit().join();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
