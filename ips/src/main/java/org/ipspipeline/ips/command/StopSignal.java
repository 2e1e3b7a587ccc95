package org.ipspipeline.ips.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in its own time when the process is asked to end (SIGTERM, SIGINT): the JVM waits until the command has
 * closed this object, ten seconds at most. The exit code is then the signal's, 128 + its number, as of any program.
 */
public final class StopSignal implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForCommand, "stop-signal");

    /** Waits for the signal from now on. */
    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void waitForCommand() {
        requested.countDown();
        try {
            boolean inTime = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("ips-pipeline: did not end within " + PATIENCE_SECONDS + " s of being asked to");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the request to end.
     *
     * @param nanos at most so long
     * @return whether the process is to end
     * @throws InterruptedException when this thread is interrupted
     */
    public boolean await(long nanos) throws InterruptedException {
        return requested.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Asks the command to end, as a signal would. */
    public void request() {
        requested.countDown();
    }

    /** Tells that the command has done what it wanted to do before the end. */
    @Override
    public void close() {
        finished.countDown();
        if (requested.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The signal came just now: the hook finds everything finished.
                return;
            }
        }
    }
}
