package org.ipspipeline.ips.ban;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the jails' ignore lists anew every minute, on a thread of its own: names and files may say something else by now. */
final class IgnoreRefresh implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoreRefresh.class);

    private final JailPolicies policies;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ips-ignore-lists");
        thread.setDaemon(true);
        return thread;
    });

    IgnoreRefresh(JailPolicies policies, long period, TimeUnit unit) {
        this.policies = policies;
        Future<?> unused = executor.scheduleWithFixedDelay(this::refresh, period, period, unit);
    }

    private void refresh() {
        try {
            policies.refreshIgnored();
        } catch (RuntimeException failure) {
            LOG.error("ignore lists could not be asked anew: {}", failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
