package org.ipspipeline.ips.daemon;

import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.count.Outcome;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.jail.JailMeter;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.pipeline.stage.Stage;

/** Counts the failures of a block. Whom they ban is banned by the next stage of the same worker. */
final class CountStage implements Stage<LineBlock> {

    private static final long MICROS_PER_MILLI = 1_000;

    private final BanWorker worker;
    private final JailPolicies policies;
    private final Plan plan;

    CountStage(BanWorker worker, JailPolicies policies, Plan plan) {
        this.worker = worker;
        this.policies = policies;
        this.plan = plan;
    }

    @Override
    public void handle(LineBlock block) {
        long now = System.nanoTime();
        worker.begin(now);
        int failures = block.failures();
        if (failures == 0) {
            return;
        }
        long nowMicros = System.currentTimeMillis() * MICROS_PER_MILLI;
        Feed feed = plan.feed(block.source());
        for (int failure = 0; failure < failures; failure++) {
            JailPolicy policy = policies.get(feed.jail(block.pattern(failure)));
            JailMeter meter = policy == null ? null : plan.meter(policy.jail());
            if (policy == null || meter == null) {
                // The jail is just going.
                continue;
            }
            int stamp = block.lines().stamp(block.line(failure));
            long micros = block.micros(failure);
            long failed = micros == LineBlock.NO_TIME ? worker.timeOf(stamp) : now - nanos(nowMicros, micros);
            note(meter, worker.fail(policy, block.high(failure), block.low(failure), 1, failed, stamp));
        }
    }

    /** How far back a moment lies; what lies absurdly far back is too old for every jail, and not more than that. */
    static long nanos(long nowMicros, long micros) {
        long back = Math.min(nowMicros - micros, TimeUnit.DAYS.toMicros(36_500));
        return TimeUnit.MICROSECONDS.toNanos(Math.max(back, 0));
    }

    static void note(JailMeter meter, Outcome outcome) {
        switch (outcome) {
            case IGNORED -> meter.ignoredOne();
            case TOO_OLD -> meter.oldOne();
            case COUNTED, BANNED, ALREADY_BANNED -> meter.failure();
        }
    }
}
