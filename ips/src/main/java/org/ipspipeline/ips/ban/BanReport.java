package org.ipspipeline.ips.ban;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.Outcome;

/**
 * What counting and banning have done since the beginning. Each figure is exact, all of them are close to the same moment.
 *
 * @param counted failures that were counted and banned nobody
 * @param banning failures that reached a limit
 * @param alreadyBanned failures of addresses that were banned, in lines that were on their way when the ban fell
 * @param tooOld failures further back than their jail looks
 * @param ignored failures of addresses that their jail ignores
 * @param entered addresses that got an entry in the failure table
 * @param evicted addresses that lost theirs because the table was full
 * @param rejected bans that an enforcer did not take, or that an ignore command was too slow for
 * @param begun bans that began
 * @param repeated bans of what was banned already
 * @param expired bans whose time was over
 * @param lifted bans that somebody lifted
 * @param restored bans that began before this process
 * @param repaired bans that an enforcer lacked, or had too many of, and that were made good
 * @param refused bans given up because the table of bans was full
 * @param active4 bans of IPv4 prefixes in force
 * @param active6 bans of IPv6 prefixes in force
 * @param distinct different prefixes ever banned; beyond a million an estimate within about 1 %
 * @param latencyMicros the time from the stamp of each offending line until its ban was in force
 */
public record BanReport(
        long counted,
        long banning,
        long alreadyBanned,
        long tooOld,
        long ignored,
        long entered,
        long evicted,
        long rejected,
        long begun,
        long repeated,
        long expired,
        long lifted,
        long restored,
        long repaired,
        long refused,
        long active4,
        long active6,
        long distinct,
        Histogram latencyMicros) {

    static BanReport of(BanTotals totals, List<BanWorker> workers, long rejectedByKeeper) {
        Histogram latency = new Histogram(BanWorker.LONGEST_LATENCY_MICROS, 3);
        workers.forEach(worker -> worker.addLatencies(latency));
        return new BanReport(
                lines(workers, Outcome.COUNTED),
                lines(workers, Outcome.BANNED),
                lines(workers, Outcome.ALREADY_BANNED),
                lines(workers, Outcome.TOO_OLD),
                workers.stream().mapToLong(BanWorker::ignored).sum(),
                workers.stream()
                        .map(BanWorker::counter)
                        .mapToLong(FailureCounter::entered)
                        .sum(),
                workers.stream()
                        .map(BanWorker::counter)
                        .mapToLong(FailureCounter::evicted)
                        .sum(),
                workers.stream().mapToLong(BanWorker::rejected).sum() + rejectedByKeeper,
                totals.begun(),
                totals.repeated(),
                totals.expired(),
                totals.lifted(),
                totals.restored(),
                totals.repaired(),
                totals.refused(),
                totals.active4(),
                totals.active6(),
                totals.distinct(),
                latency);
    }

    /**
     * {@return bans in force}
     */
    public long active() {
        return active4 + active6;
    }

    private static long lines(List<BanWorker> workers, Outcome outcome) {
        return workers.stream()
                .mapToLong(worker -> worker.counter().lines(outcome))
                .sum();
    }
}
