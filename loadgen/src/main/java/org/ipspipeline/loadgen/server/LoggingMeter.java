package org.ipspipeline.loadgen.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the CPU time that a thread spends on logging. Reading that clock is a system call, so only one batch in sixteen is
 * measured, and the others are taken to cost the same a line. CPU time, because on a busy machine the wall clock also counts
 * what other processes did in between.
 */
final class LoggingMeter {

    private static final int ONE_IN = 16;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private int batch;
    private long begin;
    private long lines;
    private long measuredLines;
    private long measuredNanos;

    /** {@return the CPU time that this thread has used, in nanoseconds} */
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** A batch is about to be logged. */
    void begin() {
        if (batch == 0) {
            begin = cpuNanos();
        }
    }

    /**
     * It has been logged.
     *
     * @param logged its lines
     */
    void end(int logged) {
        lines += logged;
        if (batch == 0) {
            measuredNanos += cpuNanos() - begin;
            measuredLines += logged;
        }
        batch = (batch + 1) % ONE_IN;
    }

    /** {@return nanoseconds spent on all lines until now} */
    long nanos() {
        return measuredLines == 0 ? 0 : Math.round((double) measuredNanos / measuredLines * lines);
    }
}
