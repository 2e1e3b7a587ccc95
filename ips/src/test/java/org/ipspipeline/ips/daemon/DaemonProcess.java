package org.ipspipeline.ips.daemon;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ips-pipeline run} as a process of its own. It is ended when this is closed. */
final class DaemonProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path output;
    private final Path log;

    private DaemonProcess(Process process, Path output, Path log) {
        this.process = process;
        this.output = output;
        this.log = log;
    }

    /** Starts it, and waits until it is ready. */
    static DaemonProcess start(Path directory, String... arguments) {
        DaemonProcess daemon = launch(directory, List.of(), Map.of(), List.of(arguments));
        daemon.awaitReady();
        return daemon;
    }

    /**
     * Starts it.
     *
     * @param directory for its output
     * @param before a command that runs the command which follows it, such as {@code ip netns exec NAME}
     * @param environment variables to set
     * @param arguments of {@code run}
     */
    static DaemonProcess launch(
            Path directory, List<String> before, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(program());
        command.add("run");
        command.add("--no-rehearsal");
        command.addAll(arguments);
        Path output = directory.resolve("daemon.out");
        Path log = directory.resolve("daemon.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new DaemonProcess(builder.start(), output, log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The words that start a JVM with the program; its command and arguments follow. */
    static List<String> program() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ProgramUnderTest.class.getName());
    }

    void awaitReady() {
        awaitOutput("enforcement ");
    }

    private void awaitOutput(String part) {
        await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + "\n" + log());
            }
            return Files.readString(output).contains(part);
        });
    }

    /** Waits until its log has a line with that text. */
    void awaitLog(String part) {
        await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + "\n" + log());
            }
            return log().contains(part);
        });
    }

    /** What it has written to its standard error. */
    String log() {
        return read(log);
    }

    /** What it has written to its standard output. */
    String output() {
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends it a signal, such as {@code TERM}. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end; its exit code. */
    int waitFor() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("did not end\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
