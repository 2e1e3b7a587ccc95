package org.ipspipeline.ips.ban;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.Enforcer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all bans from their beginning to their end, on a thread of its own: workers send it the bans that they decided through
 * a bounded ring, operators ask for bans and unbans, and a timing wheel ends each on time.
 *
 * <p>Safe for use by any number of threads.
 */
public final class BanKeeper implements AutoCloseable {

    /** The bytes of memory that each ban takes. */
    public static final int BYTES_A_BAN = BanTable.BYTES_A_BAN + 16;

    /** Stands for all jails where bans are asked for. */
    public static final int ANY_JAIL = BanBook.ANY_JAIL;

    private static final Logger LOG = LoggerFactory.getLogger(BanKeeper.class);
    /** How long a turn without work is followed by another one soon. */
    private static final int WAKEFUL_TURNS = 100;

    private static final long WAKEFUL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** While bans are in force, the wheel has to turn. */
    private static final long WATCHFUL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FULL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int NOTICES_A_TURN = 4096;

    private final FailureTable failures;
    private final List<Enforcer> enforcers;
    private final RingBuffer<BanNotice> notices;
    private final EventPoller<BanNotice> poller;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final List<BanWorker> workers = new CopyOnWriteArrayList<>();
    private final BanHistory history;
    private final BanBook book;
    private final Sweeper sweeper;
    private final Comparer comparer;
    private final IgnoreRefresh ignoreRefresh;
    private final BanReviewer reviewer;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean asleep;
    private int noticesThisTurn;

    /**
     * Starts keeping.
     *
     * @param options how much to hold
     * @param policies how bans grow, by jail
     * @param failures told when counting must start anew before a ban has ended
     * @param enforcers all that put bans into force; not closed by this keeper
     * @param listeners told what happens to bans
     */
    public BanKeeper(
            KeeperOptions options,
            JailPolicies policies,
            FailureTable failures,
            List<Enforcer> enforcers,
            List<BanListener> listeners) {
        this.failures = failures;
        this.enforcers = List.copyOf(enforcers);
        notices = RingBuffer.createMultiProducer(BanNotice::new, options.queue());
        poller = notices.newPoller();
        notices.addGatingSequences(poller.getSequence());
        history = new BanHistory(options.maxPast(), options.pastNanos());
        book = new BanBook(options.maxBans(), failures, policies, history, enforcers, listeners, System.nanoTime());
        sweeper = new Sweeper(this.enforcers, book.totals());
        comparer = new Comparer(this.enforcers, enforcer -> new Reconciler(this::ask, options.maxBans()));
        ignoreRefresh = new IgnoreRefresh(policies, 1, TimeUnit.MINUTES);
        reviewer = new BanReviewer(failures, newWorker());
        thread = new Thread(this::run, "ips-bans");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Makes the ban side of a worker.
     *
     * @return for the one thread that is the worker
     */
    public BanWorker newWorker() {
        List<Enforcer> immediate =
                enforcers.stream().filter(Enforcer::immediate).toList();
        BanWorker worker = new BanWorker(failures, history, immediate, this);
        workers.add(worker);
        return worker;
    }

    /**
     * {@return what all workers and this keeper have done so far}
     */
    public BanReport report() {
        return BanReport.of(book.totals(), workers, book.rejected() + reviewer.lost());
    }

    /**
     * {@return bans that began so far}
     */
    public long begun() {
        return book.totals().begun();
    }

    /**
     * {@return bans that an enforcer did not take so far}
     */
    public long rejected() {
        return book.rejected()
                + reviewer.lost()
                + workers.stream().mapToLong(BanWorker::rejected).sum();
    }

    /**
     * Bans a prefix, or prolongs its ban.
     *
     * @param jail the jail's number
     * @param prefix whom to ban
     * @param nanos for how long from now, or {@link FailureRule#FOREVER}
     * @return done when enforcers have been told: whether there was room
     */
    public CompletableFuture<Boolean> ban(int jail, AddressPrefix prefix, long nanos) {
        return ask(known -> {
            long now = System.nanoTime();
            long until = nanos >= FailureRule.FOREVER - Math.max(now, 0) ? FailureRule.FOREVER : now + nanos;
            return known.ban(jail, prefix, until);
        });
    }

    /**
     * Lifts the bans of exactly this prefix, and of networks around it that a {@link CrowdRule} has banned; its next failure is its first.
     *
     * @param jail the jail's number, or {@link #ANY_JAIL}
     * @param prefix whom to let through
     * @return done when enforcers have been told: how many bans there were
     */
    public CompletableFuture<Integer> unban(int jail, AddressPrefix prefix) {
        return ask(known -> known.lift(jail, prefix));
    }

    /**
     * Lifts all bans of a jail.
     *
     * @param jail the jail's number, or {@link #ANY_JAIL}
     * @return done when enforcers have been told: how many bans there were
     */
    public CompletableFuture<Integer> unbanAll(int jail) {
        return ask(known -> known.liftAll(jail));
    }

    /**
     * Asks whether exactly this prefix is banned, or a network around it by a {@link CrowdRule}.
     *
     * @param jail the jail's number, or {@link #ANY_JAIL}
     * @param prefix whom
     * @return the answer, between two turns of the keeper
     */
    public CompletableFuture<Boolean> isBanned(int jail, AddressPrefix prefix) {
        return ask(known -> known.holds(jail, prefix));
    }

    /**
     * Lists bans in no order.
     *
     * @param jail the jail's number, or {@link #ANY_JAIL}
     * @return a list of its own, made between two turns of the keeper
     */
    public CompletableFuture<List<Ban>> list(int jail) {
        return ask(known -> {
            List<Ban> bans = new ArrayList<>();
            known.forEach(jail, bans::add);
            return bans;
        });
    }

    /**
     * Lists bans in no order, and does something at the same moment, between two changes.
     *
     * @param jail the jail's number, or {@link #ANY_JAIL}
     * @param meanwhile done on the keeper's thread just before
     * @return a list of its own
     */
    public CompletableFuture<List<Ban>> list(int jail, Runnable meanwhile) {
        return ask(known -> {
            meanwhile.run();
            List<Ban> bans = new ArrayList<>();
            known.forEach(jail, bans::add);
            return bans;
        });
    }

    /**
     * Compares what each enforcer holds with what it should hold, and makes good what differs; this happens every minute anyway.
     *
     * @return how many bans were made again or lifted
     */
    public int reconcile() {
        return comparer.compareAll();
    }

    /**
     * Goes over to what the jails' policies say by now of ports and networks; to be called when those have changed.
     *
     * @return done when enforcers have been told
     */
    public CompletableFuture<Void> followPolicies() {
        return ask(known -> {
            known.followPolicies();
            return null;
        });
    }

    /**
     * {@return bans that an enforcer lacked, or had too many of, and that were made good}
     */
    public long repaired() {
        return book.totals().repaired();
    }

    /**
     * Puts bans into force that began before this process, without telling listeners that they begin.
     *
     * @param bans whose jails there are
     * @return done when enforcers have been told: for how many there was room
     */
    public CompletableFuture<Integer> restore(Collection<RestoredBan> bans) {
        return ask(known -> known.restore(bans));
    }

    /**
     * Remembers bans that have ended: repeat offenders are known by them.
     *
     * @param bans that have ended
     * @return done when they are remembered
     */
    public CompletableFuture<Void> remember(Collection<RestoredBan> bans) {
        return ask(known -> {
            known.remember(bans);
            return null;
        });
    }

    /** Enters all pending requests and notices, then stops. Bans stay in force. */
    @Override
    public void close() {
        reviewer.close();
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
        sweeper.close();
        comparer.close();
        ignoreRefresh.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Claims room for notices; waits while there is none.
     *
     * @return the last of the claimed sequences; -1 if the keeper has stopped
     */
    long claim(int count) {
        while (thread.isAlive()) {
            try {
                return notices.tryNext(count);
            } catch (InsufficientCapacityException full) {
                LockSupport.parkNanos(FULL_NANOS);
            }
        }
        return -1;
    }

    BanNotice notice(long sequence) {
        return notices.get(sequence);
    }

    void publish(long first, long last) {
        notices.publish(first, last);
        // Either the keeper, once it has said that it sleeps, sees the notices, or they are published and this sees
        // that it sleeps.
        VarHandle.fullFence();
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    void review(JailPolicy jail, AddressPrefix client, int stamp) {
        reviewer.review(jail, client, stamp);
    }

    private <T> CompletableFuture<T> ask(Function<BanBook, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        requests.add(() -> {
            try {
                T value = question.apply(book);
                book.flush();
                answer.complete(value);
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        if (!thread.isAlive()) {
            answer.completeExceptionally(new IllegalStateException("the keeper of bans has stopped"));
        }
        LockSupport.unpark(thread);
        return answer;
    }

    private void run() {
        boolean last;
        int idleTurns = 0;
        do {
            last = stopping;
            if (turn()) {
                idleTurns = 0;
            } else if (!last) {
                idleTurns++;
                rest(idleTurns);
            }
        } while (!last);
    }

    private void rest(int idleTurns) {
        if (idleTurns < WAKEFUL_TURNS) {
            LockSupport.parkNanos(this, WAKEFUL_NANOS);
            return;
        }
        asleep = true;
        // As for publish(): a notice that came before this said so wakes nobody.
        VarHandle.fullFence();
        if (notices.getCursor() == poller.getSequence().get() && requests.isEmpty() && !stopping) {
            LockSupport.parkNanos(this, book.bans() > 0 ? WATCHFUL_NANOS : IDLE_NANOS);
        }
        asleep = false;
    }

    /** Does what there is to do; true if there was something. */
    private boolean turn() {
        boolean worked = false;
        try {
            worked = takeNotices();
            for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
                request.run();
                worked = true;
            }
            book.advance(System.nanoTime());
            book.flush();
        } catch (Exception failure) {
            // Everything that may fail outside this program is handled where it fails: go on with the other bans.
            LOG.error("a turn of the keeper of bans failed", failure);
        }
        return worked;
    }

    private boolean takeNotices() throws Exception {
        noticesThisTurn = 0;
        poller.poll((notice, sequence, endOfBatch) -> {
            book.enter(notice);
            return ++noticesThisTurn < NOTICES_A_TURN;
        });
        return noticesThisTurn > 0;
    }
}
