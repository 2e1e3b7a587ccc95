package org.ipspipeline.ips.source.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program, reads what it prints, and starts it again when it ends: at once the first time, then after a pause that
 * doubles up to 30 s while it does not live for 10 s.
 */
public final class Supervisor implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    /** For a program that has closed its output, to end by itself. */
    private static final long GRACE_MILLIS = 1000;

    private static final long HEALTHY_NANOS = 10_000_000_000L;

    private final String name;
    private final RestartPolicy policy;
    private final Supplier<List<String>> command;
    private volatile boolean closed;
    private volatile @Nullable Process process;
    private volatile String state = "starting";
    private final AtomicInteger starts = new AtomicInteger();

    /**
     * Prepares to run a program.
     *
     * @param name the source, for messages
     * @param policy when to start it again
     * @param command asked before each start: the program and its arguments
     */
    public Supervisor(String name, RestartPolicy policy, Supplier<List<String>> command) {
        this.name = name;
        this.policy = policy;
        this.command = command;
    }

    /**
     * Runs the program until the policy ends it or this is closed.
     *
     * @param reader reads the output of each run to its end
     * @throws IOException if the program cannot be started
     * @throws InterruptedException if the thread is asked to end; the program is ended too
     */
    public void run(OutputReader reader) throws IOException, InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
            final long began = System.nanoTime();
            final String end = runOnce(reader);
            if (closed) {
                return;
            }
            if (!policy.restartsAfter(status())) {
                state = "ended: " + end;
                LOG.info("{}: {}", name, end);
                return;
            }
            pause = System.nanoTime() - began > HEALTHY_NANOS ? FIRST_PAUSE_MILLIS : pause;
            state = end + "; starting again";
            LOG.warn("{}: {}; starting again in {} ms", name, end, pause);
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    /** One clause about the program. */
    public String state() {
        return state;
    }

    /** How often the program was started. */
    public int starts() {
        return starts.get();
    }

    @Override
    public void close() {
        closed = true;
        final Process running = process;
        if (running != null) {
            end(running);
        }
    }

    private String runOnce(OutputReader reader) throws IOException, InterruptedException {
        final List<String> arguments = command.get();
        final Process started = new ProcessBuilder(arguments).start();
        process = started;
        starts.incrementAndGet();
        state = "reading from process " + started.pid();
        started.getOutputStream().close();
        final LastWords words = new LastWords(name, started.getErrorStream());
        try (InputStream output = started.getInputStream()) {
            if (closed) {
                end(started);
            }
            reader.readToEnd(output);
            started.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.debug("{}: its output cannot be read any more", name, e);
        } finally {
            end(started);
        }
        final int status = started.waitFor();
        final String said = words.await();
        return "'" + arguments.get(0) + "' ended with status " + status + (said.isEmpty() ? "" : ": " + said);
    }

    private int status() {
        final Process ended = process;
        return ended == null || ended.isAlive() ? 0 : ended.exitValue();
    }

    /** A program that has closed its output is of no use any more; what it started goes too. */
    private static void end(Process running) {
        running.descendants().forEach(ProcessHandle::destroy);
        running.destroy();
    }

    /** Reads the output of one run. */
    @FunctionalInterface
    public interface OutputReader {

        /**
         * Reads to the end.
         *
         * @param output closed by the caller
         * @throws IOException if reading fails
         * @throws InterruptedException if the thread is asked to end
         */
        void readToEnd(InputStream output) throws IOException, InterruptedException;
    }
}
