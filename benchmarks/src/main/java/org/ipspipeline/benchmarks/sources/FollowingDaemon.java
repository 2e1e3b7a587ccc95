package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.benchmarks.comparison.JavaProcess;

/** The daemon as a process of its own, on files, with bans that nobody enforces. */
final class FollowingDaemon implements AutoCloseable {

    private static final long READY_WITHIN_SECONDS = 60;
    private static final Pattern TOTAL_BANS = Pattern.compile("\"bans\":\\{[^}]*\"total\":(\\d+)");
    private static final Pattern LINES_READ = Pattern.compile("\"lines\":\\{[^}]*\"read\":(\\d+)");

    private final Process process;
    private final Path statistics;

    private FollowingDaemon(Process process, Path statistics) {
        this.process = process;
        this.statistics = statistics;
    }

    /** Starts one, and waits until it follows. */
    static FollowingDaemon start(Path directory, String source, String pattern, int maxRetry)
            throws IOException, InterruptedException {
        final Path statistics = Files.createTempFile(directory, "stats", ".json");
        final List<String> arguments = new ArrayList<>(List.of("--source", source, "--pattern", pattern));
        arguments.addAll(List.of("--max-retry", Integer.toString(maxRetry), "--dry-run", "--stats-every", "100ms"));
        arguments.addAll(List.of("--stats-json", statistics.toString()));
        final Process process = JavaProcess.of(DaemonProcess.class, arguments.toArray(String[]::new))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final FollowingDaemon daemon = new FollowingDaemon(process, statistics);
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_WITHIN_SECONDS);
        while (!Files.readString(statistics).contains("\"ready\"")) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                daemon.close();
                throw new IOException("the daemon did not start to follow " + source);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return daemon;
    }

    long pid() {
        return process.pid();
    }

    long bans() throws IOException {
        return last(TOTAL_BANS);
    }

    long lines() throws IOException {
        return last(LINES_READ);
    }

    private long last(Pattern what) throws IOException {
        final List<String> lines = Files.readAllLines(statistics);
        for (int i = lines.size() - 1; i >= 0; i--) {
            final Matcher found = what.matcher(lines.get(i));
            if (found.find()) {
                return Long.parseLong(found.group(1));
            }
        }
        return 0;
    }

    @Override
    public void close() {
        EndOfProcess.of(process);
    }
}
