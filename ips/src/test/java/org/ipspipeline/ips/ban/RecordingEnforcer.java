package org.ipspipeline.ips.ban;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;

/** Holds bans in a map, with a bounded number of places. */
final class RecordingEnforcer implements Enforcer {

    final Map<Object, Long> held = new ConcurrentHashMap<>();
    final boolean immediate;
    final boolean expires;
    final boolean distinguishes;
    volatile int places = Integer.MAX_VALUE;
    volatile boolean broken;

    RecordingEnforcer(boolean immediate, boolean expires, boolean distinguishes) {
        this.immediate = immediate;
        this.expires = expires;
        this.distinguishes = distinguishes;
    }

    record Key(AddressPrefix prefix, int jail) {}

    private Object key(BanBatch batch, int i) {
        AddressPrefix prefix = new AddressPrefix(batch.high(i), batch.low(i), batch.prefixLength(i));
        return distinguishes ? new Key(prefix, batch.jail(i)) : prefix;
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public boolean immediate() {
        return immediate;
    }

    @Override
    public boolean expires() {
        return expires;
    }

    @Override
    public boolean distinguishesJails() {
        return distinguishes;
    }

    @Override
    public EnforcementWriter newWriter() {
        return new EnforcementWriter() {
            @Override
            public void ban(BanBatch batch) {
                if (broken) {
                    throw new IllegalStateException("broken on purpose");
                }
                for (int i = 0; i < batch.count(); i++) {
                    Object key = key(batch, i);
                    if (held.size() < places || held.containsKey(key)) {
                        held.put(key, batch.untilNanos(i));
                    } else {
                        batch.reject(i);
                    }
                }
            }

            @Override
            public void unban(BanBatch batch) {
                for (int i = 0; i < batch.count(); i++) {
                    held.remove(key(batch, i));
                }
            }
        };
    }

    @Override
    public void sweep(long nowNanos) {
        held.values().removeIf(until -> until <= nowNanos);
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        held.forEach((key, until) -> {
            AddressPrefix prefix = key instanceof Key jailed ? jailed.prefix : (AddressPrefix) key;
            visitor.ban(prefix.high(), prefix.low(), prefix.length(), until, 0);
        });
        return true;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void close() {}
}
