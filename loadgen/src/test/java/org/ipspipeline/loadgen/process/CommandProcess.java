package org.ipspipeline.loadgen.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of this module's commands, running as a process whose output is collected. */
public final class CommandProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> collectors = new ArrayList<>();

    private CommandProcess(Process process) {
        this.process = process;
        collect(process.inputReader(StandardCharsets.UTF_8), out);
        collect(process.errorReader(StandardCharsets.UTF_8), err);
    }

    private void collect(BufferedReader from, List<String> into) {
        Thread collector = new Thread(() -> from.lines().forEach(into::add), "output of " + process.pid());
        collector.setDaemon(true);
        collector.start();
        collectors.add(collector);
    }

    /**
     * Starts a command.
     *
     * @param arguments its name and arguments
     * @return the process, which may end at once
     */
    public static CommandProcess start(String... arguments) throws IOException {
        return startIn(List.of(), arguments);
    }

    /**
     * Starts a command through another program.
     *
     * @param wrapper such as {@code nsenter --net=...}
     * @param arguments the command's name and arguments
     * @return the process, which may end at once
     */
    public static CommandProcess startIn(List<String> wrapper, String... arguments) throws IOException {
        List<String> command = Stream.of(
                        wrapper.stream(),
                        Stream.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:+IgnoreUnrecognizedVMOptions",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LoadgenCommands.class.getName()),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        return new CommandProcess(new ProcessBuilder(command).start());
    }

    /** {@return the first JSON object of a type, waited for} */
    public Map<String, Object> awaitReport(String type) {
        await("a report of type " + type)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> report(type).isPresent() || hasEnded());
        return report(type).orElseThrow(() -> new AssertionError("no report '" + type + "' but " + out + err));
    }

    /** {@return the last JSON object so far} */
    public Map<String, Object> latestReport() {
        return out.stream()
                .filter(line -> line.startsWith("{"))
                .reduce((first, second) -> second)
                .map(CommandProcess::parsed)
                .orElseThrow();
    }

    private Optional<Map<String, Object>> report(String type) {
        return out.stream()
                .filter(line -> line.startsWith("{"))
                .map(CommandProcess::parsed)
                .filter(report -> type.equals(report.get("type")))
                .reduce((first, second) -> first);
    }

    private static Map<String, Object> parsed(String line) {
        try {
            return JSON.std.mapFrom(line);
        } catch (IOException malformed) {
            throw new UncheckedIOException(line, malformed);
        }
    }

    private boolean hasEnded() {
        return !process.isAlive() && collectors.stream().noneMatch(Thread::isAlive);
    }

    /** {@return the exit code, waited for} */
    public int awaitExit() {
        await("the end of the process").atMost(PATIENCE).until(this::hasEnded);
        return process.exitValue();
    }

    /** Asks the process to end (SIGTERM). */
    public void terminate() {
        // Process.destroy would close the streams too, and with them lose the last words.
        process.toHandle().destroy();
    }

    /** {@return the lines on the standard error so far} */
    public List<String> err() {
        return List.copyOf(err);
    }

    /** {@return the lines on the standard output so far} */
    public List<String> out() {
        return List.copyOf(out);
    }

    /** {@return its process id} */
    public long pid() {
        return process.pid();
    }

    /**
     * {@return a number deep in a report}
     *
     * @param report an object
     * @param keys the way to the number
     */
    public static long number(Map<String, Object> report, String... keys) {
        return find(report, keys).longValue();
    }

    /**
     * {@return a number with its fraction}
     *
     * @param report an object
     * @param keys the way to the number
     */
    public static double real(Map<String, Object> report, String... keys) {
        return find(report, keys).doubleValue();
    }

    private static Number find(Map<String, Object> report, String... keys) {
        @Nullable Object value = report;
        for (String key : keys) {
            value = value instanceof Map<?, ?> object ? object.get(key) : null;
        }
        if (value instanceof Number number) {
            return number;
        }
        throw new AssertionError("no number " + String.join(".", keys) + " in " + report);
    }

    @Override
    public void close() {
        // Process.destroy would close the streams too, and with them lose the last words.
        process.toHandle().destroy();
        boolean ended = process.onExit()
                .thenApply(end -> true)
                .completeOnTimeout(false, 15, TimeUnit.SECONDS)
                .join();
        if (!ended) {
            process.destroyForcibly().onExit().join();
        }
    }
}
