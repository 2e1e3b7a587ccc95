package org.ipspipeline.ips.source;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, once in ten seconds, what sources gave, how far they are behind and what they lost; of idle ones nothing. */
public final class SourceLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLog.class);
    private static final int EVERY_SECONDS = 10;
    private static final double NOTABLE_LAG_SECONDS = 1;

    private final Supplier<List<SourceStatus>> sources;
    private final Map<String, SourceStatus> told = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        final Thread thread = new Thread(work, "source log");
        thread.setDaemon(true);
        return thread;
    });
    private long toldAt = System.nanoTime();

    private SourceLog(Supplier<List<SourceStatus>> sources) {
        this.sources = sources;
    }

    /** {@return one that has nothing to tell} */
    public static SourceLog silent() {
        return new SourceLog(List::of);
    }

    /**
     * Begins to tell.
     *
     * @param sources asked every ten seconds; its order and number may change
     */
    public static SourceLog begin(Supplier<List<SourceStatus>> sources) {
        final SourceLog log = new SourceLog(sources);
        final Future<?> unused =
                log.clock.scheduleAtFixedRate(log::write, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return log;
    }

    /** Tells at once, too. */
    public synchronized void write() {
        final long now = System.nanoTime();
        final double seconds = (now - toldAt) / 1e9;
        toldAt = now;
        for (SourceStatus status : sources.get()) {
            final SourceStatus before = told.put(status.name(), status);
            final long lines = status.lines() - (before == null ? 0 : before.lines());
            final boolean lost = !status.losses().equals(before == null ? List.of() : before.losses());
            final boolean otherState = before == null || !before.state().equals(status.state());
            if (lost || status.lagSeconds() > NOTABLE_LAG_SECONDS) {
                LOG.warn("{}", text(status, lines, seconds));
            } else if (lines > 0 || otherState) {
                LOG.info("{}", text(status, lines, seconds));
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static String text(SourceStatus status, long lines, double seconds) {
        final String losses = status.losses().stream()
                .map(loss -> String.format(
                        Locale.ROOT,
                        "%s %d times, %d lines, %d bytes",
                        loss.reason().label(),
                        loss.times(),
                        loss.lines(),
                        loss.bytes()))
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "%s: %d lines (%.0f/s), lag %.1f s (%d lines, %d bytes), lost %s; %s",
                status.name(),
                lines,
                lines / Math.max(seconds, 1e-3),
                status.lagSeconds(),
                status.lagLines(),
                status.lagBytes(),
                losses.isEmpty() ? "nothing" : "in all: " + losses,
                status.state());
    }
}
