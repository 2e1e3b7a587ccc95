package org.ipspipeline.ips.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Reports regularly until a command is to end. */
public final class Reporter {

    /** Short runs end soon after their sources; long ones have no need to look that often. */
    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long YOUNG_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ReportOptions options;
    private final StopSignal stop;

    /**
     * Prepares the reports.
     *
     * @param options how often, how long
     * @param stop ends the reporting early
     */
    public Reporter(ReportOptions options, StopSignal stop) {
        this.options = options;
        this.stop = stop;
    }

    /**
     * Reports at multiples of the interval from now on, and returns when the duration is over, when the process is asked to
     * end, or when there is nothing to wait for any more.
     *
     * @param report makes one report
     * @param ended asked every 50 ms in the first seconds, and every 500 ms afterwards
     * @throws InterruptedException when this thread is interrupted
     */
    public void run(Runnable report, BooleanSupplier ended) throws InterruptedException {
        long begin = System.nanoTime();
        long every = options.everyNanos();
        Duration duration = options.duration();
        long length = duration == null ? Long.MAX_VALUE : duration.toNanos();
        long next = every;
        while (!ended.getAsBoolean()) {
            long now = System.nanoTime() - begin;
            if (now >= length) {
                return;
            }
            if (now >= next) {
                report.run();
                next += every * Math.max(1, (now - next) / every);
            }
            long look = now < YOUNG_NANOS ? YOUNG_LOOK_NANOS : LOOK_NANOS;
            long pause = Math.min(Math.min(next, length) - now, look);
            if (stop.await(Math.max(pause, 0))) {
                return;
            }
        }
    }
}
