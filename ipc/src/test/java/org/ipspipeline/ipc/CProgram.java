package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.testing.Machine;

/** A running program of the C side, for tests across processes. It ends when this is closed. */
final class CProgram implements AutoCloseable {

    private static final long EXIT_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private CProgram(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a program; what it writes to its standard error is the test's. */
    static CProgram start(Map<String, String> environment, Object... command) {
        final List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        final ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            return new CProgram(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static CProgram start(Object... command) {
        return start(Map.of(), command);
    }

    String readLine() {
        try {
            final String line = output.readLine();
            assertThat(line).as("%s ended", process.info().commandLine()).isNotNull();
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void writeLine(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends its standard input. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        waitFor();
    }

    int waitFor() {
        try {
            assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS))
                    .as("ends within %s s", EXIT_SECONDS)
                    .isTrue();
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
    }

    /** The test's C program with the ring compiled in, every access and every arithmetic checked as it runs. */
    static Path compilePeer(Path directory) {
        Machine.needsPrograms("gcc");
        final Path program = directory.resolve("ring_peer");
        run(
                "gcc",
                "-std=c11",
                "-O1",
                "-g",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-pthread",
                "-fsanitize=address,undefined",
                "-fno-sanitize-recover=all",
                "-I",
                sources("main"),
                "-o",
                program,
                sources("test").resolve("ring_peer.c"),
                sources("main").resolve("ips_ring.c"));
        return program;
    }

    /** The same program as users have it: without the ring, and without checks. */
    static Path compilePlain(Path directory) {
        Machine.needsPrograms("gcc");
        final Path program = directory.resolve("plain_peer");
        run(
                "gcc",
                "-std=c11",
                "-O2",
                "-D_FORTIFY_SOURCE=2",
                "-pthread",
                "-I",
                sources("main"),
                "-o",
                program,
                sources("test").resolve("ring_peer.c"),
                sources("main").resolve("ips_ring.c"));
        return program;
    }

    /** All that the make file makes, by a compiler that takes every warning for an error. */
    static void make(String compiler, Path directory) {
        Machine.needsPrograms("make", compiler);
        run("make", "-s", "-C", sources("main"), "CC=" + compiler, "OUT=" + directory);
    }

    private static void run(Object... command) {
        final List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        try {
            final Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            final String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", words, messages).isZero();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Tests run in the module's directory, or in the repository's. */
    private static Path sources(String kind) {
        final Path here = Path.of("src", kind, "c").toAbsolutePath();
        return Files.exists(here.resolve(kind.equals("main") ? "ips_ring.c" : "ring_peer.c"))
                ? here
                : Path.of("ipc", "src", kind, "c").toAbsolutePath();
    }
}
