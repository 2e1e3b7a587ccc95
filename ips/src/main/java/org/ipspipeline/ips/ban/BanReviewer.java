package org.ipspipeline.ips.ban;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.ignore.IgnoreCommand;
import org.ipspipeline.ips.count.FailureTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a jail's {@link IgnoreCommand} about each client before it is banned, on a thread of its own with a bounded queue: a slow
 * command keeps no line waiting. fail2ban asks at each failure; here the command runs only where its answer matters. Whom it
 * ignores, and whom a full queue has no room for, begins at zero with its next failure.
 *
 * <p>Safe for use by many threads.
 */
final class BanReviewer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BanReviewer.class);
    private static final int CAPACITY = 4096;

    private final FailureTable failures;
    private final BanWorker worker;
    private final BlockingQueue<Candidate> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "ips-ignore-commands");

    private record Candidate(JailPolicy jail, AddressPrefix client, int stamp) {}

    /**
     * @param failures forget whom a command ignores
     * @param worker bans the others; for this object's thread alone
     */
    BanReviewer(FailureTable failures, BanWorker worker) {
        this.failures = failures;
        this.worker = worker;
        thread.setDaemon(true);
    }

    /** Has the jail's command asked about a client that has reached its limit, and the client banned if it is not ignored. */
    void review(JailPolicy jail, AddressPrefix client, int stamp) {
        if (!started.getAndSet(true)) {
            thread.start();
        }
        if (!queue.offer(new Candidate(jail, client, stamp))) {
            failures.forget(client.high(), client.low(), jail.jail());
            if (lost.getAndIncrement() == 0) {
                LOG.warn(
                        "[{}] ignorecommand takes too long: {} clients wait for it; others are not banned until they fail anew",
                        jail.name(),
                        CAPACITY);
            }
        }
    }

    /** {@return clients that were not banned because too many waited} */
    long lost() {
        return lost.get();
    }

    private void run() {
        try {
            while (true) {
                decide(queue.take());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void decide(Candidate candidate) {
        JailPolicy jail = candidate.jail;
        AddressPrefix client = candidate.client;
        if (ignores(jail, client)) {
            worker.counter().ignore();
            failures.forget(client.high(), client.low(), jail.jail());
            LOG.info("[{}] {} is ignored: ignorecommand", jail.name(), client);
        } else if (!Thread.currentThread().isInterrupted()) {
            worker.ban(jail, client, candidate.stamp, System.nanoTime());
        }
    }

    /** A command that fails speaks for nobody. */
    private static boolean ignores(JailPolicy jail, AddressPrefix client) {
        IgnoreCommand command = jail.ignoreCommand();
        try {
            return command != null && command.ignores(client, jail.rule().maxRetry());
        } catch (IOException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.error("[{}] ignorecommand for {}: {}", jail.name(), client, failure.getMessage());
            }
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
