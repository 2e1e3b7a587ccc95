package org.ipspipeline.ips.ban;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.Enforcer;

/**
 * A worker's count and ban stages: counts the failures of a block of lines, and at its end bans whom they banned, all at once,
 * before the keeper hears of it.
 *
 * <pre>{@code
 * worker.begin(System.nanoTime());
 * for (each failure of the block) {
 *     worker.fail(jail, high, low, attempts, worker.timeOf(stamp), stamp);
 * }
 * worker.end();
 * }</pre>
 *
 * <p>For one thread, but for the figures. Allocates nothing after construction, but where a jail has an ignore command, which is
 * asked on another thread.
 */
public final class BanWorker {

    private static final int CAPACITY = 256;
    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    /** Log files tell seconds apart: a line may have been written until the end of the second that it names. */
    private static final long LOG_RESOLUTION = TimeUnit.SECONDS.toNanos(1);

    static final long LONGEST_LATENCY_MICROS = TimeUnit.HOURS.toMicros(1);

    private final FailureTable table;
    private final BanHistory history;
    private final BanHistory.Past past = new BanHistory.Past();
    private final FailureCounter counter;
    private final BanKeeper keeper;
    private final Outlet[] immediate;
    private final BanBatch batch = new BanBatch(CAPACITY);
    private final int[] failures = new int[CAPACITY];
    private final SingleWriterRecorder latency = new SingleWriterRecorder(LONGEST_LATENCY_MICROS, 3);
    private final Histogram latencyTotal = new Histogram(LONGEST_LATENCY_MICROS, 3);
    private long now;

    BanWorker(FailureTable table, BanHistory history, List<Enforcer> immediate, BanKeeper keeper) {
        this.table = table;
        this.history = history;
        this.counter = new FailureCounter(table);
        this.immediate = immediate.stream().map(Outlet::new).toArray(Outlet[]::new);
        this.keeper = keeper;
    }

    /**
     * Begins a block.
     *
     * @param nowNanos the time on the clock of {@link System#nanoTime()}, for all of the block
     */
    public void begin(long nowNanos) {
        now = nowNanos;
        counter.begin(nowNanos);
    }

    /**
     * When a line was written.
     *
     * @param stamp the line's, microseconds of {@link System#nanoTime()} in 32 bits; 0 for none
     * @return on the clock of {@link System#nanoTime()}, not after the block's time; the block's time if there is no stamp
     */
    public long timeOf(int stamp) {
        return stamp == 0 ? now : now - Math.max(age(stamp, now), 0) * MICRO;
    }

    /**
     * Counts failures that a line reports, unless the jail ignores the address.
     *
     * @param jail whose filter matched
     * @param high the address's upper half
     * @param low the address's lower half
     * @param attempts how many failures the line reports, at least 1
     * @param failedNanos when they happened, on the clock of {@link System#nanoTime()}: what the line says, or
     *     {@link #timeOf} its stamp
     * @param stamp the line's
     * @return what became of them
     */
    public Outcome fail(JailPolicy jail, long high, long low, int attempts, long failedNanos, int stamp) {
        if (jail.ignored().contains(high, low)) {
            return counter.ignore();
        }
        long clientHigh = jail.client().high(high, low);
        long clientLow = jail.client().low(high, low);
        long failed = Math.min(failedNanos, now);
        long written = Math.min(timeOf(stamp), failed + LOG_RESOLUTION);
        int weight = jail.times().increments() ? weight(jail, clientHigh, clientLow) - 1 : 0;
        Outcome outcome = counter.fail(clientHigh, clientLow, jail.rule(), attempts + weight, failed, written);
        if (outcome == Outcome.BANNED) {
            int prefixLength = jail.client().length(high, low);
            if (jail.ignoreCommand() == null) {
                decide(jail, clientHigh, clientLow, prefixLength, stamp);
            } else {
                keeper.review(jail, new AddressPrefix(clientHigh, clientLow, prefixLength), stamp);
            }
        }
        return outcome;
    }

    private void decide(JailPolicy jail, long high, long low, int prefixLength, int stamp) {
        if (batch.isFull()) {
            end();
        }
        failures[batch.count()] = jail.rule().maxRetry();
        batch.add(high, low, prefixLength, jail.rule().bannedUntil(now), jail.jail(), stamp);
        batch.limit(jail.portSet());
    }

    /**
     * Bans a client whose failures reached the limit some time ago.
     *
     * @param jail whose limit
     * @param client whom to ban
     * @param stamp of the line that reached it
     * @param nowNanos when the ban begins
     */
    void ban(JailPolicy jail, AddressPrefix client, int stamp, long nowNanos) {
        begin(nowNanos);
        table.ban(client.high(), client.low(), jail.jail(), jail.rule().bannedUntil(nowNanos), nowNanos);
        decide(jail, client.high(), client.low(), client.length(), stamp);
        end();
    }

    /** How many failures one counts for: more if the client has been banned before. */
    private int weight(JailPolicy jail, long high, long low) {
        int prefixLength = jail.client().length(high, low);
        if (!history.find(high, low, prefixLength, jail.jail(), now, past)) {
            return 1;
        }
        return BanTimes.weight(past.count, jail.rule().maxRetry());
    }

    /** Ends a block: on return, whom its failures banned is banned. */
    public void end() {
        if (batch.count() > 0) {
            long decided = System.nanoTime();
            for (Outlet outlet : immediate) {
                outlet.ban(batch);
            }
            tell(decided, System.nanoTime());
            batch.clear();
        }
    }

    /**
     * {@return what this worker counted}
     */
    public FailureCounter counter() {
        return counter;
    }

    /**
     * {@return bans that an immediate enforcer did not take; counting started anew for them}
     */
    public long rejected() {
        long rejected = 0;
        for (Outlet outlet : immediate) {
            rejected += outlet.rejected();
        }
        return rejected;
    }

    /**
     * {@return failures of ignored addresses}
     */
    public long ignored() {
        return counter.lines(Outcome.IGNORED);
    }

    /**
     * Adds the time from each offending line's stamp until its ban was in force, in microseconds, to a histogram.
     *
     * @param into all since the beginning are added to it
     */
    public void addLatencies(Histogram into) {
        synchronized (latencyTotal) {
            latencyTotal.add(latency.getIntervalHistogram());
            into.add(latencyTotal);
        }
    }

    private void tell(long decided, long inForce) {
        int taken = batch.count() - batch.rejectedCount();
        long last = taken > 0 ? keeper.claim(taken) : -1;
        long sequence = last - taken + 1;
        for (int i = 0; i < batch.count(); i++) {
            if (batch.isRejected(i)) {
                // Its next failures try again.
                table.forget(batch.high(i), batch.low(i), batch.jail(i));
                continue;
            }
            if (batch.stamp(i) != 0) {
                latency.recordValue(Math.min(Math.max(age(batch.stamp(i), inForce), 0), LONGEST_LATENCY_MICROS));
            }
            if (last >= 0) {
                fill(keeper.notice(sequence++), i, decided);
            }
        }
        if (last >= 0) {
            keeper.publish(last - taken + 1, last);
        }
    }

    private void fill(BanNotice notice, int index, long decided) {
        notice.high = batch.high(index);
        notice.low = batch.low(index);
        notice.prefixLength = batch.prefixLength(index);
        notice.jail = batch.jail(index);
        notice.portSet = batch.portSet(index);
        notice.failures = failures[index];
        notice.since = now;
        notice.until = batch.untilNanos(index);
        notice.decided = decided;
    }

    /** Microseconds since a stamp: the difference of 32-bit times is right for half of their 71 minutes, either way. */
    private static int age(int stamp, long nanos) {
        return (int) (nanos / MICRO) - stamp;
    }
}
