package org.ipspipeline.ips.daemon;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.UseDns;
import org.ipspipeline.ips.jail.ActiveJail;
import org.ipspipeline.ips.jail.DeferredFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the failures of hosts that a log names instead of giving their address: resolves the names, on a thread of its own with
 * a bounded queue, so that a slow name server keeps no line waiting. A full queue loses failures, which is counted and said once.
 */
final class HostNames implements DeferredFailures, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);
    private static final int CAPACITY = 4096;
    private static final int REMEMBERED = 1000;
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final JailKeeper jails;
    private final BanWorker worker;
    private final BlockingQueue<Named> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicBoolean lossReported = new AtomicBoolean();
    private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Thread thread = new Thread(this::run, "ips-names");

    private record Named(int jail, String name, long micros) {}

    private record Answer(List<AddressPrefix> addresses, long nanos) {}

    /**
     * @param jails know the policies
     * @param worker counts; for this object's thread alone
     */
    HostNames(JailKeeper jails, BanWorker worker) {
        this.jails = jails;
        this.worker = worker;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void take(int jail, Failure failure) {
        String name = failure.identity();
        if (name == null || queue.offer(new Named(jail, name, failure.timeMicros()))) {
            return;
        }
        ActiveJail active = jails.jails().find(jail);
        if (active != null) {
            active.meter().nameLost();
        }
        if (!lossReported.getAndSet(true)) {
            LOG.warn(
                    "names cannot be resolved as fast as they come: failures of '{}' and others are lost and counted",
                    name);
        }
    }

    private void run() {
        try {
            while (true) {
                count(queue.take());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(Named failure) {
        ActiveJail jail = jails.jails().find(failure.jail);
        if (jail == null || jail.settings().filter().useDns() == UseDns.NO) {
            return;
        }
        List<AddressPrefix> addresses = resolve(jail, failure.name);
        JailPolicy policy = jail.policy();
        long now = System.nanoTime();
        worker.begin(now);
        long failed = failure.micros == Failure.NO_TIME
                ? now
                : now - CountStage.nanos(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()), failure.micros);
        for (AddressPrefix address : addresses) {
            CountStage.note(jail.meter(), worker.fail(policy, address.high(), address.low(), 1, failed, 0));
        }
        worker.end();
    }

    private List<AddressPrefix> resolve(ActiveJail jail, String name) {
        Answer known = answers.get(name);
        if (known == null || System.nanoTime() - known.nanos > REMEMBERED_NANOS) {
            known = new Answer(ask(jail, name), System.nanoTime());
            answers.put(name, known);
        }
        return known.addresses;
    }

    private static List<AddressPrefix> ask(ActiveJail jail, String name) {
        try {
            List<AddressPrefix> found = Arrays.stream(InetAddress.getAllByName(name))
                    .map(AddressPrefix::of)
                    .toList();
            if (jail.settings().filter().useDns() == UseDns.WARN) {
                LOG.warn("[{}] took {} for '{}', by asking the name service", jail.name(), found, name);
            }
            return found;
        } catch (UnknownHostException unknown) {
            LOG.warn("[{}] '{}' is a name without an address: nothing can be banned", jail.name(), name);
            return List.of();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
