package org.ipspipeline.ips.ban;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ipspipeline.ips.enforce.Enforcer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has all enforcers compared every minute, on a thread of its own: reading one may take seconds. */
final class Comparer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Comparer.class);
    private static final int SECONDS = 60;

    private final Map<Enforcer, Reconciler> reconcilers = new LinkedHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ips-bans-compare");
        thread.setDaemon(true);
        return thread;
    });

    Comparer(List<Enforcer> enforcers, Function<Enforcer, Reconciler> reconciler) {
        enforcers.stream()
                .filter(enforcer -> !enforcer.distinguishesJails())
                .forEach(enforcer -> reconcilers.put(enforcer, reconciler.apply(enforcer)));
        if (!reconcilers.isEmpty()) {
            Future<?> unused = executor.scheduleWithFixedDelay(this::compareAll, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Compares all; how much was made good. */
    synchronized int compareAll() {
        int repaired = 0;
        for (Map.Entry<Enforcer, Reconciler> entry : reconcilers.entrySet()) {
            try {
                repaired += entry.getValue().compare(entry.getKey());
            } catch (RuntimeException failure) {
                LOG.error("{}: could not be compared: {}", entry.getKey().name(), failure.getMessage(), failure);
            }
        }
        return repaired;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
