package org.ipspipeline.loadgen.testbed;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that reports on its standard output, one JSON object a line; the latest is kept. What it
 * says on the standard error goes to a file, whose last line explains a failure.
 */
public final class Participant implements AutoCloseable {

    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path errors;
    private final Thread reader;
    private final CountDownLatch reported = new CountDownLatch(1);
    private volatile Map<String, Object> first = Map.of();
    private volatile Map<String, Object> latest = Map.of();

    private Participant(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::readReports, "reports of " + name);
        reader.setDaemon(true);
    }

    /**
     * Starts a process.
     *
     * @param name for messages
     * @param directory where its standard error is kept
     * @param command as {@link ProcessBuilder} takes it
     * @return the process, not ready yet
     * @throws IOException when it cannot be started
     */
    public static Participant start(String name, Path directory, List<String> command) throws IOException {
        Path errors = directory.resolve(name + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        Participant participant = new Participant(name, process, errors);
        participant.reader.start();
        return participant;
    }

    /**
     * Waits for the first report: the process is ready then.
     *
     * @param limit how long to wait
     * @throws IOException when it ends or stays silent instead, with its last words
     * @throws InterruptedException when this thread is interrupted
     */
    public void awaitReady(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!reported.await(50, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive() && !reader.isAlive()) {
                throw new IOException(lastWords());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(name + " did not get ready within " + limit.toSeconds() + " s");
            }
        }
    }

    /** {@return the first report, empty before it} */
    public Map<String, Object> first() {
        return first;
    }

    /** {@return the latest report, empty before the first} */
    public Map<String, Object> latest() {
        return latest;
    }

    /** {@return its process id} */
    public long pid() {
        return process.pid();
    }

    /** {@return whether it runs} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@return what it said last on its standard error, or that it ended without a word} */
    public String lastWords() {
        String last = null;
        try (var lines = Files.lines(errors)) {
            last = lines.filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .orElse(null);
        } catch (IOException unreadable) {
            last = unreadable.getMessage();
        }
        return name + (last == null ? " ended without a message, exit code " + exitCode() : ": " + last);
    }

    /** {@return how it ended; null while it runs} */
    public @Nullable Integer exitCode() {
        return process.isAlive() ? null : process.exitValue();
    }

    /**
     * Lets the process end by itself, reading its reports to the last one.
     *
     * @param limit how long to wait
     * @return whether it has ended
     * @throws InterruptedException when this thread is interrupted
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            reader.join(TIME_TO_END.toMillis());
        }
        return ended;
    }

    /**
     * Asks the process to end, waits for its last report, and kills it if it does not heed, or at once when this thread is
     * interrupted.
     */
    @Override
    public void close() {
        // Not Process.destroy(): it closes the streams too, and the last report would be lost.
        process.toHandle().destroy();
        try {
            if (!awaitEnd(TIME_TO_END)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process.onExit().join();
    }

    private void readReports() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    latest = JSON.std.mapFrom(line);
                    if (first.isEmpty()) {
                        first = latest;
                    }
                    reported.countDown();
                }
            }
        } catch (IOException closed) {
            // The process was killed in the middle of a line: its exit is noticed where it matters.
            return;
        }
    }
}
