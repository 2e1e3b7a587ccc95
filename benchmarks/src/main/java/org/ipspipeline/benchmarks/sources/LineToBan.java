package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.DaemonOptions;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.Plan;
import org.ipspipeline.ips.jail.PatternFeed;
import org.ipspipeline.ips.jail.PatternFeed.PatternMatchers;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.file.FileOptions;
import org.ipspipeline.ips.source.file.FileSource;

/** From the write of a line into an idle file to the call that enforces the ban; the file is waited for with inotify. */
final class LineToBan {

    private static final int WARM_UP = 100;
    private static final int MEASURED = 300;
    private static final int PAUSE_MILLIS = 30;
    private static final double NANOS_PER_MICRO = 1000;
    private static final long LONGEST_SLEEP_NANOS = 50_000;

    private final Bench bench;
    private final Path log;

    LineToBan(Bench bench, Path directory) {
        this.bench = bench;
        this.log = directory.resolve("ban.log");
    }

    void run() throws Exception {
        bench.progress("from a line to a ban");
        final Doorbell doorbell = new Doorbell(LONGEST_SLEEP_NANOS);
        final TimedEnforcer enforcer = new TimedEnforcer();
        final JailPolicy jail = JailPolicy.of("bench", new FailureRule(0, 1, seconds(600), seconds(600)));
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                IpsDaemon daemon = new IpsDaemon(
                        new DaemonOptions(1, false, 1 << 16, 1 << 16, false), doorbell, List.of(enforcer), List.of())) {
            final FileSource source = new FileSource("file:" + log, log.toString(), FileOptions.DEFAULT, doorbell);
            final PatternMatchers matchers = new PatternMatchers(PatternSet.compile(List.of("failure of <HOST>$")));
            daemon.follow(Plan.of(PatternFeed.of(List.of(source), matchers, jail.jail()), jail));
            final double[] micros = new double[MEASURED];
            for (int i = -WARM_UP; i < MEASURED; i++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                final double taken = one(file, enforcer, i + WARM_UP);
                if (i >= 0) {
                    micros[i] = taken;
                }
            }
            Arrays.sort(micros);
            bench.report(Row.alone("line in an idle file to ban, p50", micros[MEASURED / 2], "us"));
            bench.report(Row.alone("line in an idle file to ban, p99", micros[MEASURED * 99 / 100], "us"));
        }
    }

    private static double one(FileChannel file, TimedEnforcer enforcer, int client)
            throws IOException, InterruptedException {
        final String line = "failure of 10.0." + client / 256 + "." + client % 256 + "\n";
        final ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        final long bansBefore = enforcer.bans();
        final long begin = System.nanoTime();
        file.write(bytes);
        final long giveUpAt = begin + seconds(5);
        while (enforcer.bans() == bansBefore) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new IOException("no ban came of '" + line.strip() + "' within 5 s");
            }
            TimeUnit.MICROSECONDS.sleep(200);
        }
        return (enforcer.lastBanAt() - begin) / NANOS_PER_MICRO;
    }

    private static long seconds(int count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
