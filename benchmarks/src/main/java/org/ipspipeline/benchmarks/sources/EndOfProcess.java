package org.ipspipeline.benchmarks.sources;

import java.util.concurrent.TimeUnit;

/** Ends a program that was started here, and what it has started. */
final class EndOfProcess {

    private static final long PATIENCE_SECONDS = 15;

    private EndOfProcess() {}

    /** Asks it to end, waits, and kills it if it does not. */
    static void of(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
