package org.ipspipeline.loadgen.attack;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.loadgen.report.Counters;
import org.jspecify.annotations.Nullable;

/**
 * The work of one thread of attackers: bursts from its senders in turn, as many packets as its schedule allows, or as many as
 * the kernel takes.
 */
final class SendingThread implements Runnable, Closeable {

    /** Between two looks at the clock when nothing is due: long enough for a burst to gather at 100,000 packets a second. */
    private static final long PAUSE_NANOS = 300_000;

    /** To wait when the kernel takes nothing. */
    private static final long FULL_NANOS = 20_000;

    private final List<Part> parts;
    private final double[] sentBy;
    private final @Nullable Schedule schedule;
    private final Counters<AttackCounter> counters = new Counters<>(AttackCounter.class);
    private volatile boolean stopped;

    /**
     * A sender and its share of the packets.
     *
     * @param sender sends them
     * @param share of them, in proportion to those of the other parts
     */
    record Part(AttackSender sender, double share) {}

    /**
     * Prepares the work.
     *
     * @param parts get packets by their shares; closed with the thread
     * @param schedule null to send as fast as possible
     */
    SendingThread(List<Part> parts, @Nullable Schedule schedule) {
        this.parts = List.copyOf(parts);
        this.sentBy = new double[parts.size()];
        this.schedule = schedule;
    }

    /** Sends until {@link #stop}, or until there is no more to send. */
    @Override
    public void run() {
        long begin = System.nanoTime();
        long sent = 0;
        try {
            while (!stopped) {
                int turn = leastSent();
                AttackSender next = parts.get(turn).sender();
                if (next.isExhausted()) {
                    return;
                }
                long due = schedule == null ? Long.MAX_VALUE : schedule.due((System.nanoTime() - begin) / 1e9, sent);
                if (due <= 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    continue;
                }
                int wanted = (int) Math.min(due, next.burst());
                int taken = next.send(wanted);
                sent += taken;
                sentBy[turn] += taken / parts.get(turn).share();
                counters.add(next.counter(), taken);
                counters.add(AttackCounter.REFUSED, wanted - taken);
                if (taken == 0) {
                    // The CPU that is to empty the queue may be this one.
                    LockSupport.parkNanos(FULL_NANOS);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private int leastSent() {
        int least = 0;
        for (int i = 1; i < sentBy.length; i++) {
            if (sentBy[i] < sentBy[least]) {
                least = i;
            }
        }
        return least;
    }

    /** Makes {@link #run} return after the burst that it is sending. */
    void stop() {
        stopped = true;
    }

    /** {@return what this thread counted, readable by any thread} */
    Counters<AttackCounter> counters() {
        return counters;
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.sender().close();
        }
    }
}
