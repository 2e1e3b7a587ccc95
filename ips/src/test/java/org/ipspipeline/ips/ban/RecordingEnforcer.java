package org.ipspipeline.ips.ban;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.enforce.Ports;

/** Holds bans in a map, with a bounded number of places. */
final class RecordingEnforcer implements Enforcer {

    final Map<Object, Long> held = new ConcurrentHashMap<>();
    final boolean immediate;
    final boolean expires;
    final boolean distinguishes;
    private boolean tellsPortsApart;
    volatile int places = Integer.MAX_VALUE;
    volatile boolean broken;

    RecordingEnforcer(boolean immediate, boolean expires, boolean distinguishes) {
        this.immediate = immediate;
        this.expires = expires;
        this.distinguishes = distinguishes;
    }

    /** Has it tell ports apart. */
    RecordingEnforcer withPorts() {
        tellsPortsApart = true;
        return this;
    }

    record Key(AddressPrefix prefix, int jail) {}

    /** A ban from some ports. */
    record PortKey(AddressPrefix prefix, int portSet) {}

    private Object key(BanBatch batch, int i) {
        AddressPrefix prefix = new AddressPrefix(batch.high(i), batch.low(i), batch.prefixLength(i));
        if (tellsPortsApart && batch.portSet(i) != PortSets.EVERYTHING) {
            return new PortKey(prefix, batch.portSet(i));
        }
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
    public boolean distinguishesPorts() {
        return tellsPortsApart;
    }

    @Override
    public boolean define(int portSet, Ports ports) {
        return true;
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
            int portSet = key instanceof PortKey limited ? limited.portSet : PortSets.EVERYTHING;
            AddressPrefix prefix = key instanceof PortKey limited
                    ? limited.prefix
                    : key instanceof Key jailed ? jailed.prefix : (AddressPrefix) key;
            visitor.ban(portSet, prefix.high(), prefix.low(), prefix.length(), until, 0);
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
