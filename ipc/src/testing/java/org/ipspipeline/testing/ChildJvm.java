package org.ipspipeline.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another JVM with the test's class path, for tests across processes. It ends when this is closed. */
public final class ChildJvm implements AutoCloseable {

    private static final long EXIT_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final Path errors;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a class's main method. What it writes to its standard error is shown when it ends too early.
     *
     * @param main the class
     * @param arguments its arguments
     * @return the process
     */
    public static ChildJvm start(Class<?> main, Object... arguments) {
        return launch(System.getProperty("java.class.path"), main, arguments);
    }

    /**
     * Starts a class's main method without some of the jars: for what must work without them.
     *
     * @param jar part of the names of the files that are left out
     * @param main the class
     * @param arguments its arguments
     * @return the process
     */
    public static ChildJvm startWithout(String jar, Class<?> main, Object... arguments) {
        final String classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !new File(entry).getName().contains(jar))
                .collect(Collectors.joining(File.pathSeparator));
        return launch(classPath, main, arguments);
    }

    private static ChildJvm launch(String classPath, Class<?> main, Object... arguments) {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            final Path errors = Files.createTempFile("child", ".err");
            return new ChildJvm(
                    new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * The next line that it prints.
     *
     * @return the line
     */
    public String readLine() {
        try {
            final String line = output.readLine();
            if (line == null) {
                throw ended();
            }
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Writes a line to its standard input.
     *
     * @param line the line
     */
    public void writeLine(String line) {
        try {
            final OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException closed) {
            throw ended();
        }
    }

    private IllegalStateException ended() {
        try {
            return new IllegalStateException(
                    "the process ended with " + waitFor() + ", and said:\n" + Files.readString(errors));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Its pid. */
    public long pid() {
        return process.pid();
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        waitFor();
    }

    /**
     * Sends it a signal.
     *
     * @param name such as {@code STOP}
     */
    public void signal(String name) {
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

    /**
     * Waits until it ends.
     *
     * @return its exit code
     */
    public int waitFor() {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the process did not end within " + EXIT_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        waitFor();
        try {
            output.close();
            Files.deleteIfExists(errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
