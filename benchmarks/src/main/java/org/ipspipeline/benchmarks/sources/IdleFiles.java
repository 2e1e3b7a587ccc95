package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Row;

/** What following 1,000 files costs while nothing is written to them. */
final class IdleFiles {

    private static final int FILES = 1000;
    /** The JVM compiles for a while what a daemon does all day. */
    private static final int SETTLE_SECONDS = 90;

    private static final int MEASURED_SECONDS = 20;

    private final Bench bench;
    private final Path directory;

    IdleFiles(Bench bench, Path directory) {
        this.bench = bench;
        this.directory = directory;
    }

    void run() throws IOException, InterruptedException {
        bench.progress("following " + FILES + " idle files");
        final Path logs = Files.createDirectory(directory.resolve("idle"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(logs.resolve(i + ".log"), "a line\n");
        }
        try (FollowingDaemon daemon = FollowingDaemon.start(directory, "file:" + logs + "/*.log", "x <HOST>", 5)) {
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            final double before = ProcessUsage.cpuSeconds(daemon.pid());
            final long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
            final double seconds = (System.nanoTime() - begin) / 1e9;
            final double percent = 100 * (ProcessUsage.cpuSeconds(daemon.pid()) - before) / seconds;
            bench.report(Row.alone("1,000 idle files, whole daemon", percent, "% of a CPU"));
        }
    }
}
