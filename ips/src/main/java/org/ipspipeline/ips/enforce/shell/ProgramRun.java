package org.ipspipeline.ips.enforce.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs one after the other, each until its end or the end of its time; then it is killed with its children. What they
 * read and print are files, so that no pipe can keep anybody waiting. For one thread.
 */
public final class ProgramRun implements AutoCloseable {

    private static final int LAST_WORDS = 500;

    private final Duration limit;
    private final Map<String, String> environment;
    private final Path input;
    private final Path output;

    /**
     * @param limit how long a program may run
     * @param environment variables to add to this process's own
     * @throws IOException if there is no place for what programs print
     */
    public ProgramRun(Duration limit, Map<String, String> environment) throws IOException {
        this.limit = limit;
        this.environment = Map.copyOf(environment);
        input = Files.createTempFile("ips-program-", ".in");
        output = Files.createTempFile("ips-program-", ".out");
    }

    /**
     * What a program left.
     *
     * @param exitCode 0 when it is content
     * @param output all that it printed, and wrote to its standard error
     */
    public record Result(int exitCode, String output) {

        /**
         * {@return the end of what it printed, on one line}
         */
        public String lastWords() {
            String words = output.strip().replaceAll("\\s*\n\\s*", " / ");
            return words.length() <= LAST_WORDS ? words : "..." + words.substring(words.length() - LAST_WORDS);
        }
    }

    /**
     * Runs a program that must be content.
     *
     * @param input what it reads
     * @param command the program and its arguments
     * @return all that it printed
     * @throws IOException if it cannot be started, does not end in time, or is not content; the message is one line
     */
    public String run(CharSequence input, List<String> command) throws IOException {
        Result result = tryRun(input, command, Map.of());
        if (result.exitCode() != 0) {
            throw new IOException(
                    String.join(" ", command) + ": ended with " + result.exitCode() + ": " + result.lastWords());
        }
        return result.output();
    }

    /**
     * Runs a program, whatever it makes of it.
     *
     * @param input what it reads
     * @param command the program and its arguments
     * @param variables to add to the environment of this run
     * @return how it ended
     * @throws IOException if it cannot be started or does not end in time; the message is one line
     */
    public Result tryRun(CharSequence input, List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(variables);
        if (input.length() == 0) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        } else {
            Files.writeString(this.input, input);
            builder.redirectInput(this.input.toFile());
        }
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        String.join(" ", command) + ": did not end within " + limit.toMillis() + " ms and was killed");
            }
            return new Result(process.exitValue(), read());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + ": was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private String read() throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(input);
        Files.deleteIfExists(output);
    }
}
