package org.ipspipeline.benchmarks.sources;

import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;

/** Enforces nothing, and remembers when it was last asked to. */
final class TimedEnforcer implements Enforcer {

    private final AtomicLong bans = new AtomicLong();
    private volatile long lastBanAt;

    private final EnforcementWriter writer = new EnforcementWriter() {
        @Override
        public void ban(BanBatch batch) {
            lastBanAt = System.nanoTime();
            bans.incrementAndGet();
        }

        @Override
        public void unban(BanBatch batch) {}
    };

    /** How often it was asked to ban. */
    long bans() {
        return bans.get();
    }

    /** When it was last, by {@link System#nanoTime()}. */
    long lastBanAt() {
        return lastBanAt;
    }

    @Override
    public String name() {
        return "timed";
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public boolean expires() {
        return false;
    }

    @Override
    public EnforcementWriter newWriter() {
        return writer;
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        return false;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void close() {}
}
