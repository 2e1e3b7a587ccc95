package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.testbed.AttackNetwork;
import org.ipspipeline.loadgen.testbed.VethNetwork;

/** Our XDP program on the target's interface, held by the evaluation itself: with no bans, or with all attackers banned. */
final class PassingFilter implements AutoCloseable {

    private static final int IPV4_PREFIX = 12;
    private static final int IPV6_PREFIX = 48;

    private final XdpFilter filter;

    private PassingFilter(XdpFilter filter) {
        this.filter = filter;
    }

    /**
     * Attaches the program; everything passes.
     *
     * @param network of the run
     * @throws IOException when the kernel refuses it
     */
    static PassingFilter attach(AttackNetwork network) throws IOException {
        try {
            String device = network.targetInterface();
            return new PassingFilter(
                    network instanceof VethNetwork veth
                            ? veth.onTarget(() -> XdpFilter.attach(device, XdpOptions.defaults()))
                            : XdpFilter.attach(device, XdpOptions.defaults()));
        } catch (IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception unexpected) {
            throw new IOException(unexpected);
        }
    }

    /** Drops everything that comes from the networks of the attackers. */
    void dropAttackers() throws IOException {
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
        long never = Long.MAX_VALUE;
        Address ipv4 = Address.resolve("192.168.0.0");
        Address more = Address.resolve("172.16.0.0");
        Address ipv6 = Address.resolve("fd00:192:168::");
        writer.ban(ipv4.high(), ipv4.low(), 16, never);
        writer.ban(more.high(), more.low(), IPV4_PREFIX, never);
        writer.ban(ipv6.high(), ipv6.low(), IPV6_PREFIX, never);
        writer.flush();
    }

    long dropped() {
        return filter.counters().dropped();
    }

    @Override
    public void close() {
        filter.close();
    }
}
