package org.ipspipeline.ips.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanListener;
import org.ipspipeline.ips.ban.RestoredBan;
import org.ipspipeline.ips.ban.WallClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes bans into a database every 50 ms, on a thread of its own. What finds no room in its queue, or cannot be written because the
 * disk is full, is made good by a copy of all bans as soon as that is possible; until then banning goes on without.
 *
 * <p>Safe for use by many threads.
 */
public final class BanStore implements BanListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BanStore.class);
    private static final int QUEUE = 1 << 17;
    private static final long WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PURGE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long COPY_SECONDS = 10;

    private final StoreOptions options;
    private final IntFunction<String> jailNames;
    private final BanDatabase database;
    private final BlockingQueue<BanChange> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Queue<CompletableFuture<Void>> flushes = new ConcurrentLinkedQueue<>();
    private final List<BanChange> batch = new ArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable BanKeeper keeper;
    private volatile boolean incomplete;
    private volatile boolean failing;
    private volatile boolean stopping;
    private String complaint = "";

    private BanStore(StoreOptions options, IntFunction<String> jailNames, BanDatabase database) {
        this.options = options;
        this.jailNames = jailNames;
        this.database = database;
        thread = new Thread(this::run, "ips-bans-store");
        thread.setDaemon(true);
    }

    /**
     * Opens the database of a directory, or makes it. One that is broken is put aside, and a new one takes its place.
     *
     * @param options where
     * @param jailNames the name of a jail by its number
     * @return the store; it writes from {@link #restore} on
     * @throws StoreException if another process has it, or it may not be written
     */
    public static BanStore open(StoreOptions options, IntFunction<String> jailNames) throws StoreException {
        return new BanStore(options, jailNames, BanDatabase.open(options.directory()));
    }

    /**
     * Puts the bans of the database into force again, those of jails that are still there, and begins to write. Returns when
     * enforcers have been told.
     *
     * @param into the keeper whose listener this is
     * @param jailNumber the number of a jail by its name; negative if there is no such jail
     * @return how many bans were restored
     * @throws StoreException if the database cannot be read
     */
    public int restore(BanKeeper into, ToIntFunction<String> jailNumber) throws StoreException {
        long now = System.currentTimeMillis();
        List<RestoredBan> past = new ArrayList<>();
        List<RestoredBan> bans = new ArrayList<>();
        try {
            collect(database.history(now - options.remembered().toMillis()), jailNumber, past);
            collect(database.bans(now), jailNumber, bans);
        } catch (SQLException failure) {
            throw new StoreException(BanDatabase.explain(database.file(), failure), failure);
        }
        into.remember(past).join();
        int restored = into.restore(bans).join();
        keeper = into;
        if (restored < bans.size()) {
            LOG.warn("{} of {} stored bans had no room and were not restored", bans.size() - restored, bans.size());
        }
        thread.start();
        return restored;
    }

    private static void collect(List<StoredBan> stored, ToIntFunction<String> jailNumber, List<RestoredBan> into) {
        WallClock clock = WallClock.now();
        for (StoredBan ban : stored) {
            int jail = jailNumber.applyAsInt(ban.jail());
            if (jail >= 0) {
                long until = ban.untilMillis() == Long.MAX_VALUE ? Long.MAX_VALUE : clock.nanos(ban.untilMillis());
                into.add(new RestoredBan(new Ban(
                        jail, ban.prefix(), clock.nanos(ban.sinceMillis()), until, ban.failures(), ban.times())));
            }
        }
    }

    /** {@return changes written so far} */
    public long written() {
        return written.get();
    }

    /** {@return changes that found no room in the queue or on the disk; made good by a copy of all bans as soon as possible} */
    @Override
    public long missed() {
        return missed.get();
    }

    /** {@return whether the database could not be written the last time} */
    public boolean isFailing() {
        return failing;
    }

    @Override
    public void began(Ban ban) {
        enqueue(ban, false);
    }

    @Override
    public void prolonged(Ban ban) {
        enqueue(ban, false);
    }

    @Override
    public void ended(Ban ban, End end) {
        enqueue(ban, true);
    }

    private void enqueue(Ban ban, boolean ended) {
        if (incomplete || !queue.offer(new BanChange(stored(ban, WallClock.now()), ended))) {
            missed.incrementAndGet();
            incomplete = true;
        }
    }

    private StoredBan stored(Ban ban, WallClock clock) {
        long until = ban.untilNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : clock.millis(ban.untilNanos());
        return new StoredBan(
                jailNames.apply(ban.jail()),
                ban.prefix(),
                clock.millis(ban.sinceNanos()),
                until,
                ban.failures(),
                ban.times());
    }

    /**
     * Waits until everything that happened before is in the database.
     *
     * @return done when it is, or exceptionally if it cannot be written now
     */
    public CompletableFuture<Void> flush() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        flushes.add(done);
        if (stopping) {
            done.completeExceptionally(new IllegalStateException("the store has been closed"));
        }
        return done;
    }

    private void run() {
        long purgeAt = System.nanoTime();
        boolean last;
        do {
            last = stopping;
            List<CompletableFuture<Void>> waiting = new ArrayList<>();
            for (var flush = flushes.poll(); flush != null; flush = flushes.poll()) {
                waiting.add(flush);
            }
            try {
                if (failing) {
                    database.reconnect();
                }
                write();
                if (System.nanoTime() - purgeAt >= 0) {
                    purgeAt = System.nanoTime() + PURGE_NANOS;
                    database.purge(
                            System.currentTimeMillis(), options.remembered().toMillis(), options.maxHistory());
                }
                works();
                waiting.forEach(flush -> flush.complete(null));
            } catch (SQLException failure) {
                failed(failure);
                waiting.forEach(flush -> flush.completeExceptionally(failure));
            }
            if (!last) {
                LockSupport.parkNanos(this, failing ? RETRY_NANOS : WRITE_NANOS);
            }
        } while (!last);
    }

    private void write() throws SQLException {
        if (incomplete) {
            copyAll();
        }
        while (queue.drainTo(batch, QUEUE) > 0) {
            int count = batch.size();
            try {
                database.apply(batch);
                written.addAndGet(count);
            } catch (SQLException failure) {
                missed.addAndGet(count);
                incomplete = true;
                throw failure;
            } finally {
                batch.clear();
            }
        }
    }

    /** What happens from here on is in the queue, what happened before is in the copy. */
    private void copyAll() throws SQLException {
        BanKeeper known = keeper;
        if (known == null) {
            return;
        }
        queue.clear();
        try {
            // On the keeper's thread, between two changes: nothing falls in between.
            CompletableFuture<List<Ban>> answer = known.list(BanKeeper.ANY_JAIL, () -> {
                queue.clear();
                incomplete = false;
            });
            WallClock clock = WallClock.now();
            List<StoredBan> all = answer.get(COPY_SECONDS, TimeUnit.SECONDS).stream()
                    .map(ban -> stored(ban, clock))
                    .toList();
            database.replace(all);
            LOG.info("{}: all {} bans written anew", database.file(), all.size());
        } catch (InterruptedException | ExecutionException | TimeoutException unanswered) {
            incomplete = true;
            throw new SQLException("the keeper of bans does not answer", unanswered);
        } catch (SQLException failure) {
            incomplete = true;
            throw failure;
        }
    }

    private void works() {
        if (failing) {
            failing = false;
            LOG.info("{}: can be written again", database.file());
        }
    }

    private void failed(SQLException failure) {
        String explanation = BanDatabase.explain(database.file(), failure);
        if (!failing || !explanation.equals(complaint)) {
            LOG.error("{}; bans go on, but would not survive a restart; tried again every second", explanation);
        }
        complaint = explanation;
        failing = true;
    }

    /** Writes what has happened, and lets go of the database. */
    @Override
    public void close() {
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
        try {
            database.close();
        } catch (SQLException failure) {
            LOG.error("{}", BanDatabase.explain(database.file(), failure));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return database.file().toString();
    }
}
