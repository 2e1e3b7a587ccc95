package org.ipspipeline.ips.enforce.xdp;

import java.util.Collection;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.PortRange;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.Ports;

/**
 * Bans in the maps of the XDP program. The kernel checks the end of a ban itself, and the allow list before any ban.
 */
public final class XdpEnforcer implements Enforcer {

    private static final int IPV4_OFFSET = 96;

    private final XdpFilter filter;

    /**
     * @param filter attached; closed with this enforcer
     */
    public XdpEnforcer(XdpFilter filter) {
        this.filter = filter;
    }

    @Override
    public String name() {
        return filter.name();
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public boolean distinguishesPorts() {
        return true;
    }

    @Override
    public boolean define(int portSet, Ports ports) {
        return portSet <= XdpFilter.MAX_PORT_SETS
                && filter.definePortSet(
                        portSet,
                        ports.ranges().stream()
                                .map(range -> new PortRange(ports.tcp(), ports.udp(), range.first(), range.last()))
                                .toList());
    }

    @Override
    public EnforcementWriter newWriter() {
        return new Writer(filter);
    }

    @Override
    public boolean allow(Collection<AddressPrefix> prefixes) {
        filter.clearAllowList();
        boolean all = true;
        for (AddressPrefix prefix : prefixes) {
            int length = lengthInFamily(prefix.high(), prefix.low(), prefix.length());
            all &= filter.allow(prefix.high(), prefix.low(), length);
        }
        return all;
    }

    @Override
    public void sweep(long nowNanos) {
        filter.sweepExpired(nowNanos);
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        filter.forEachBan((portSet, high, low, length, until, dropped) ->
                visitor.ban(portSet, high, low, lengthInAll(high, low, length), until, dropped));
        return true;
    }

    @Override
    public long dropped() {
        return filter.counters().dropped();
    }

    /**
     * {@return the filter, for its counters by family}
     */
    public XdpFilter filter() {
        return filter;
    }

    @Override
    public void close() {
        filter.close();
    }

    private static int lengthInFamily(long high, long low, int length) {
        return Addresses.isIpv4(high, low) ? length - IPV4_OFFSET : length;
    }

    private static int lengthInAll(long high, long low, int length) {
        return Addresses.isIpv4(high, low) ? length + IPV4_OFFSET : length;
    }

    private static final class Writer implements EnforcementWriter {

        private final BanWriter writer;
        private BanBatch current = new BanBatch(0);

        private Writer(XdpFilter filter) {
            writer = filter.newWriter(this::rejected);
        }

        @Override
        public void ban(BanBatch batch) {
            current = batch;
            for (int i = 0; i < batch.count(); i++) {
                long high = batch.high(i);
                long low = batch.low(i);
                writer.ban(
                        batch.portSet(i),
                        high,
                        low,
                        lengthInFamily(high, low, batch.prefixLength(i)),
                        batch.untilNanos(i));
            }
            writer.flush();
        }

        @Override
        public void unban(BanBatch batch) {
            current = batch;
            for (int i = 0; i < batch.count(); i++) {
                long high = batch.high(i);
                long low = batch.low(i);
                writer.unban(batch.portSet(i), high, low, lengthInFamily(high, low, batch.prefixLength(i)));
            }
            writer.flush();
        }

        private void rejected(int portSet, long high, long low, int length) {
            current.reject(portSet, high, low, lengthInAll(high, low, length));
        }
    }
}
