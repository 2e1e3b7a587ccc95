package org.ipspipeline.ips.enforce.queue;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.Ports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backend with a bounded queue and a thread of its own. What finds no room in the queue is rejected; what the backend fails
 * to change is counted and lost here: whoever compares what is held with what should be held brings both back.
 *
 * <p>Safe for use by any number of threads.
 */
public final class QueuedEnforcer implements Enforcer, EnforcementWriter {

    private static final Logger LOG = LoggerFactory.getLogger(QueuedEnforcer.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Whoever asks for a change wakes the thread; this is for the case that nobody does. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How long changes that wait are still made when everything ends. */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Backend backend;
    private final RingBuffer<Change> queue;
    private final EventPoller<Change> poller;
    private final BanBatch batch;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final long retryNanos;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long stopBefore = Long.MAX_VALUE;
    private volatile boolean failing;
    private volatile boolean asleep;
    private volatile long handled = -1;

    private QueuedEnforcer(Backend backend, int capacity, Duration retry) {
        this.backend = backend;
        retryNanos = retry.toNanos();
        batch = new BanBatch(backend.batchSize());
        queue = RingBuffer.createMultiProducer(Change::new, capacity);
        poller = queue.newPoller();
        queue.addGatingSequences(poller.getSequence());
        thread = new Thread(this::run, "ips-" + backend.name());
        thread.setDaemon(true);
    }

    /**
     * Starts a backend.
     *
     * @param backend not started yet
     * @param capacity how many changes the queue holds, a power of two
     * @return its enforcer
     * @throws IOException if the backend does not start; the message is one line
     */
    public static QueuedEnforcer start(Backend backend, int capacity) throws IOException {
        return start(backend, capacity, RETRY);
    }

    /**
     * Starts a backend.
     *
     * @param backend not started yet
     * @param capacity how many changes the queue holds, a power of two
     * @param retry how long after a failure the backend is started again; five seconds unless there is a reason
     * @return its enforcer
     * @throws IOException if the backend does not start; the message is one line
     */
    public static QueuedEnforcer start(Backend backend, int capacity, Duration retry) throws IOException {
        backend.start();
        QueuedEnforcer enforcer = new QueuedEnforcer(backend, capacity, retry);
        enforcer.thread.start();
        return enforcer;
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public boolean immediate() {
        return false;
    }

    @Override
    public boolean expires() {
        return backend.expires();
    }

    @Override
    public boolean distinguishesJails() {
        return backend.distinguishesJails();
    }

    @Override
    public boolean distinguishesPorts() {
        return backend.distinguishesPorts();
    }

    @Override
    public boolean define(int portSet, Ports ports) {
        synchronized (backend) {
            return backend.define(portSet, ports);
        }
    }

    @Override
    public EnforcementWriter newWriter() {
        return this;
    }

    @Override
    public void ban(BanBatch bans) {
        for (int i = 0; i < bans.count(); i++) {
            if (!enqueue(bans, i, bans.untilNanos(i))) {
                bans.reject(i);
            }
        }
        wake();
    }

    @Override
    public void unban(BanBatch bans) {
        for (int i = 0; i < bans.count(); i++) {
            if (!enqueue(bans, i, BanBatch.LIFTED)) {
                bans.reject(i);
                lost.incrementAndGet();
            }
        }
        wake();
    }

    private void wake() {
        // Either the thread, once it has said that it sleeps, sees the changes, or they are published and this sees
        // that it sleeps.
        VarHandle.fullFence();
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private boolean enqueue(BanBatch bans, int index, long until) {
        long sequence;
        try {
            sequence = queue.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        Change change = queue.get(sequence);
        change.high = bans.high(index);
        change.low = bans.low(index);
        change.prefixLength = bans.prefixLength(index);
        change.until = until;
        change.jail = bans.jail(index);
        change.portSet = bans.portSet(index);
        change.since = bans.sinceNanos(index);
        change.failures = bans.failures(index);
        change.times = bans.times(index);
        change.restored = bans.isRestored(index);
        queue.publish(sequence);
        return true;
    }

    /**
     * {@return changes that are waiting}
     */
    public long waiting() {
        return queue.getCursor() - poller.getSequence().get();
    }

    /**
     * {@return whether all changes that were asked for have been made, or counted as lost}
     */
    public boolean isIdle() {
        return handled == queue.getCursor();
    }

    /** Waits until {@link #isIdle()}. */
    public void drain() {
        while (!isIdle() && thread.isAlive()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * {@return changes that were not made: because the backend failed, or ends of bans that found no room}
     */
    @Override
    public long lost() {
        return lost.get();
    }

    /**
     * {@return how often the backend failed}
     */
    public long failures() {
        return failures.get();
    }

    /**
     * {@return whether the backend's last work failed}
     */
    public boolean isFailing() {
        return failing;
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public boolean allow(Collection<AddressPrefix> prefixes) {
        try {
            synchronized (backend) {
                return backend.allow(prefixes);
            }
        } catch (IOException failure) {
            failed(failure);
            return false;
        }
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        try {
            synchronized (backend) {
                return backend.forEachBan(visitor);
            }
        } catch (IOException failure) {
            failed(failure);
            return false;
        }
    }

    @Override
    public long dropped() {
        try {
            synchronized (backend) {
                return backend.dropped();
            }
        } catch (IOException failure) {
            failed(failure);
            return -1;
        }
    }

    private void run() {
        boolean last;
        do {
            last = stopping;
            if (failing && !last) {
                LockSupport.parkNanos(this, retryNanos);
                restart();
            }
            while (System.nanoTime() < stopBefore && fill()) {
                change();
                handled = poller.getSequence().get();
            }
            if (!last) {
                rest();
            }
        } while (!last);
    }

    private void rest() {
        asleep = true;
        // As for wake(): a change that was asked for before this said so wakes nobody.
        VarHandle.fullFence();
        if (queue.getCursor() == poller.getSequence().get() && !failing && !stopping) {
            LockSupport.parkNanos(this, IDLE_NANOS);
        }
        asleep = false;
    }

    private void restart() {
        try {
            synchronized (backend) {
                backend.start();
            }
            failing = false;
            LOG.info("{}: works again", backend.name());
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private boolean fill() {
        batch.clear();
        try {
            poller.poll((change, sequence, endOfBatch) -> {
                batch.add(change.high, change.low, change.prefixLength, change.until, change.jail, 0);
                batch.limit(change.portSet);
                batch.describe(change.since, change.failures, change.times, change.restored);
                return !batch.isFull();
            });
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        return batch.count() > 0;
    }

    private void change() {
        try {
            synchronized (backend) {
                backend.change(batch);
            }
        } catch (IOException refusal) {
            int refused = batch.rejectedCount();
            lost.addAndGet(refused == 0 ? batch.count() : refused);
            if (refused > 0) {
                LOG.warn("{}: {} of {} changes were refused: {}", name(), refused, batch.count(), refusal.getMessage());
            } else {
                failed(refusal);
            }
        } catch (RuntimeException failure) {
            lost.addAndGet(batch.count());
            failed(failure);
        }
    }

    private void failed(Exception failure) {
        failures.incrementAndGet();
        if (!failing) {
            failing = true;
            LOG.error("{}: {}", backend.name(), failure.getMessage(), failure);
        }
    }

    /** Makes the changes that wait, for ten seconds at most, then stops the backend. */
    @Override
    public void close() {
        stopBefore = System.nanoTime() + DRAIN_NANOS;
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (waiting() > 0) {
            lost.addAndGet(waiting());
            LOG.warn("{}: {} changes were not made before the end", name(), waiting());
        }
        try {
            backend.stop();
        } catch (IOException | RuntimeException failure) {
            LOG.error("{}: did not stop well: {}", backend.name(), failure.getMessage(), failure);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
