package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.jspecify.annotations.Nullable;

/** An attack while it goes on: the threads of the attackers and that of the valid clients. */
final class Attack implements AutoCloseable {

    private final List<SendingThread> attackers;
    private final @Nullable RateProfile profile;
    private final boolean countsDropped;
    private final @Nullable ValidClients validClients;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final NetworkDevice device;
    private final NetworkDevice.Traffic before;
    private final LatencySummary latency = new LatencySummary();
    private final long begin;
    private long end;

    private Attack(
            List<SendingThread> attackers,
            @Nullable RateProfile profile,
            boolean countsDropped,
            @Nullable ValidClients validClients,
            NetworkDevice device)
            throws IOException {
        this.profile = profile;
        this.countsDropped = countsDropped;
        this.attackers = List.copyOf(attackers);
        this.validClients = validClients;
        this.device = device;
        this.before = device.traffic();
        for (int i = 0; i < attackers.size(); i++) {
            threads.add(thread(attackers.get(i), "attackers-" + i));
        }
        if (validClients != null) {
            threads.add(thread(validClients, "valid-clients"));
        }
        begin = System.nanoTime();
    }

    private Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((dead, thrown) -> failure.compareAndSet(null, thrown));
        return thread;
    }

    /**
     * Starts the threads.
     *
     * @param attackers closed with the attack
     * @param profile of all attackers together, null for as many packets as possible
     * @param countsDropped whether packets that the interface drops are among those that attackers count
     * @param validClients closed with the attack, null for none
     * @param device whose counters are reported
     * @return the attack that goes on
     * @throws IOException when the counters cannot be read
     */
    static Attack start(
            List<SendingThread> attackers,
            @Nullable RateProfile profile,
            boolean countsDropped,
            @Nullable ValidClients validClients,
            NetworkDevice device)
            throws IOException {
        Attack attack = new Attack(attackers, profile, countsDropped, validClients, device);
        attack.threads.forEach(Thread::start);
        return attack;
    }

    /** {@return what broke a thread, null while all of them work} */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** {@return whether every attacker has sent all there is to send} */
    boolean hasEnded() {
        return threads.subList(0, attackers.size()).stream().noneMatch(Thread::isAlive);
    }

    /** {@return what has been counted until now; for one thread at a time} */
    AttackStatistics statistics() {
        if (validClients != null) {
            latency.add(validClients.latency());
        }
        long now = end == 0 ? System.nanoTime() : end;
        double seconds = (now - begin) / 1e9;
        return new AttackStatistics(
                seconds,
                profile == null ? Double.POSITIVE_INFINITY : profile.due(seconds),
                attackers.stream().map(SendingThread::counters).toList(),
                countsDropped,
                validClients == null ? null : validClients.counters(),
                latency,
                device.name(),
                before,
                traffic());
    }

    /** The interface may have gone in the meantime: then nothing more went through it. */
    private NetworkDevice.Traffic traffic() {
        try {
            return device.traffic();
        } catch (IOException gone) {
            return before;
        }
    }

    /** Stops sending, and waits for the last answers. What was counted stays readable. */
    void stop() throws IOException {
        if (end != 0) {
            return;
        }
        attackers.forEach(SendingThread::stop);
        if (validClients != null) {
            validClients.stop();
        }
        end = System.nanoTime();
        for (Thread thread : threads) {
            join(thread);
        }
        for (SendingThread attacker : attackers) {
            attacker.close();
        }
        if (validClients != null) {
            validClients.close();
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                // Sockets may be closed only when nobody uses them: the thread ends within a second.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
