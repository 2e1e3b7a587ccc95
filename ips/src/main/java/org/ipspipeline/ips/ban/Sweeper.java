package org.ipspipeline.ips.ban;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.enforce.Enforcer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the room that ended bans take in enforcers which end bans themselves, on a thread of its own: a sweep looks at all
 * bans, so it waits until enough have ended.
 */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long ENOUGH = 4096;
    private static final int LONGEST_WAIT_SECONDS = 10;

    private final List<Enforcer> enforcers;
    private final BanTotals totals;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ips-bans-sweep");
        thread.setDaemon(true);
        return thread;
    });
    private long swept;
    private int waited;

    Sweeper(List<Enforcer> enforcers, BanTotals totals) {
        this.enforcers = enforcers.stream().filter(Enforcer::expires).toList();
        this.totals = totals;
        if (!this.enforcers.isEmpty()) {
            Future<?> unused = executor.scheduleWithFixedDelay(this::lookAround, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void lookAround() {
        long ended = totals.expired() - swept;
        waited = ended == 0 ? 0 : waited + 1;
        if (ended >= ENOUGH || waited >= LONGEST_WAIT_SECONDS) {
            swept += ended;
            waited = 0;
            enforcers.forEach(Sweeper::sweep);
        }
    }

    private static void sweep(Enforcer enforcer) {
        try {
            enforcer.sweep(System.nanoTime());
        } catch (RuntimeException failure) {
            LOG.error("{}: ended bans cannot be removed: {}", enforcer.name(), failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
