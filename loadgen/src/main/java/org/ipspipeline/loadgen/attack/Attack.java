package org.ipspipeline.loadgen.attack;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attack at work: a thread of attackers and, where there are any, a thread of valid clients. */
final class Attack implements Closeable {

    private static final long PATIENCE_MILLIS = 10_000;

    private final SendingThread attackers;
    private final @Nullable ValidClients validClients;
    private final List<Thread> threads = new ArrayList<>();
    private final Schedule schedule;
    private final long begin = System.nanoTime();
    private volatile long end;
    private volatile @Nullable Throwable failure;

    private Attack(SendingThread attackers, @Nullable ValidClients validClients, Schedule schedule) {
        this.attackers = attackers;
        this.validClients = validClients;
        this.schedule = schedule;
    }

    /**
     * Begins.
     *
     * @param attackers closed with the attack
     * @param validClients closed with the attack; null for none
     * @param schedule of the attackers, for the shortfall
     */
    static Attack start(SendingThread attackers, @Nullable ValidClients validClients, Schedule schedule) {
        Attack attack = new Attack(attackers, validClients, schedule);
        attack.start("attackers", attackers);
        if (validClients != null) {
            attack.start("valid-clients", validClients);
        }
        return attack;
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((dead, reason) -> failure = reason);
        threads.add(thread);
        thread.start();
    }

    /** Stops sending, and waits for the last answers. */
    void stop() throws InterruptedException {
        if (end == 0) {
            end = System.nanoTime();
        }
        attackers.stop();
        if (validClients != null) {
            validClients.stop();
        }
        for (Thread thread : threads) {
            thread.join(PATIENCE_MILLIS);
        }
    }

    /** {@return what made a thread end early, or null} */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** {@return what was sent and answered so far} */
    AttackStatistics statistics() {
        double seconds = ((end == 0 ? System.nanoTime() : end) - begin) / 1e9;
        return new AttackStatistics(
                seconds,
                schedule.scheduled(seconds),
                attackers.counters(),
                validClients == null ? null : validClients.counters());
    }

    @Override
    public void close() throws IOException {
        attackers.stop();
        if (validClients != null) {
            validClients.stop();
            validClients.close();
        }
        attackers.close();
    }
}
