package org.ipspipeline.ips.ban;

import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's way to one enforcer: changes gather in batches and take effect in their order. An enforcer that throws has
 * rejected its batch; that is counted, logged once until it works again, and disturbs nobody else.
 *
 * <p>For one thread, but for the figures.
 */
final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final int CAPACITY = 1024;

    private final Enforcer enforcer;
    private final EnforcementWriter writer;
    private final BanBatch bans = new BanBatch(CAPACITY);
    private final BanBatch unbans = new BanBatch(CAPACITY);
    private final AtomicLong rejected = new AtomicLong();
    private boolean failing;

    Outlet(Enforcer enforcer) {
        this.enforcer = enforcer;
        writer = enforcer.newWriter();
    }

    Enforcer enforcer() {
        return enforcer;
    }

    /** Bans that the enforcer did not take. */
    long rejected() {
        return rejected.get();
    }

    /** Bans what a table says of a ban, until an end that may be another one's. */
    void ban(BanTable table, int ban, long until) {
        flushUnbans();
        bans.add(table.high(ban), table.low(ban), table.prefixLength(ban), until, table.jail(ban), 0);
        bans.limit(table.portSet(ban));
        bans.describe(table.since(ban), table.failures(ban), table.times(ban), table.isRestored(ban));
        if (bans.isFull()) {
            flushBans();
        }
    }

    void unban(long high, long low, int prefixLength, int jail, int portSet) {
        flushBans();
        unbans.add(high, low, prefixLength, 0, jail, 0);
        unbans.limit(portSet);
        if (unbans.isFull()) {
            flushUnbans();
        }
    }

    void flush() {
        flushBans();
        flushUnbans();
    }

    private void flushBans() {
        if (bans.count() > 0) {
            ban(bans);
            bans.clear();
        }
    }

    /** Bans a whole batch now; what the enforcer did not take is marked in it. */
    void ban(BanBatch batch) {
        try {
            writer.ban(batch);
            worked();
        } catch (RuntimeException failure) {
            batch.rejectAll();
            failed(failure);
        }
        if (batch.rejectedCount() > 0) {
            rejected.lazySet(rejected.getPlain() + batch.rejectedCount());
        }
    }

    private void flushUnbans() {
        if (unbans.count() > 0) {
            try {
                writer.unban(unbans);
                worked();
            } catch (RuntimeException failure) {
                failed(failure);
            }
            unbans.clear();
        }
    }

    private void worked() {
        if (failing) {
            failing = false;
            LOG.info("{}: works again", enforcer.name());
        }
    }

    private void failed(RuntimeException failure) {
        if (!failing) {
            failing = true;
            LOG.error("{}: bans cannot be changed: {}", enforcer.name(), failure.getMessage(), failure);
        }
    }
}
