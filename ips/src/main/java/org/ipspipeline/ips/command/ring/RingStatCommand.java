package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ips.command.DurationConverter;
import org.ipspipeline.ips.command.JsonLines;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ring stat}: looks into a ring without taking part in it. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows a ring: segments, fill, who writes, each reader's lag, who is attached, what was lost.",
        footer = {
            "",
            "fill is what the slowest reader has not read yet; without readers, what the segment holds.",
            "dropped: when full. too long: refused. unread: given up while nobody read. overruns: of stuck readers."
        })
final class RingStatCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "Where the ring is.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path path;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Show it again and again, with rates, until Ctrl-C.")
    private @Nullable Duration every;

    @Option(names = "--count", paramLabel = "N", description = "With --every: end after so many times.")
    private int count;

    @Option(names = "--json", description = "Print JSON objects, one a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count < 0 || (count > 0 && every == null)) {
            throw new UsageException("--count " + count + ": give a number from 1 on, and --every");
        }
        if (every != null && every.isZero()) {
            throw new UsageException("--every 0: give a time such as 1s");
        }
        return RingErrors.explain(() -> {
            Ring ring = Ring.attach(path);
            try (StopSignal stop = new StopSignal()) {
                watch(ring, stop);
            } finally {
                ring.detach();
            }
            return 0;
        });
    }

    private void watch(Ring ring, StopSignal stop) throws InterruptedException {
        RingSample sample = RingSample.of(ring, null);
        show(sample);
        for (int shown = 1; every != null && shown != count && !stop.await(every.toNanos()); shown++) {
            sample = RingSample.of(ring, sample);
            show(sample);
        }
    }

    private void show(RingSample sample) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonLines.text(RingJson.of(sample)));
            out.flush();
        } else {
            if (sample.before() != null) {
                out.println();
            }
            RingTables.show(sample, out);
        }
    }
}
