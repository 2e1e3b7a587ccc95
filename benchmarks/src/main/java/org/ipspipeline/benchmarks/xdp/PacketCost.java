package org.ipspipeline.benchmarks.xdp;

import java.util.Arrays;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.TestFrame;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;

/** What one packet costs the program, whatever becomes of it, with few and with many bans. */
final class PacketCost {

    private static final int[] BANS = {1_000, 1_000_000};
    private static final int RUNS = 1_000_000;
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final byte[] NOBODY = new byte[6];

    private final Bench bench;
    private final XdpFilter filter;
    private final BanWriter writer;

    private PacketCost(Bench bench, XdpFilter filter) {
        this.bench = bench;
        this.filter = filter;
        this.writer = filter.newWriter((portSet, high, low, length) -> {
            throw new IllegalStateException("a ban had no room");
        });
    }

    static void measure(Bench bench) throws Exception {
        try (VethPair pair = VethPair.create()) {
            for (int bans : BANS) {
                XdpOptions options = XdpOptions.defaults().withMaxBans(bans).withMaxPrefixes(bans);
                try (XdpFilter filter = pair.onTarget(() -> XdpFilter.attach(VethPair.TARGET, options))) {
                    new PacketCost(bench, filter).measure(bans);
                }
            }
        }
    }

    private void measure(int bans) {
        bench.progress("a packet's cost with " + bans + " bans");
        for (Family family : Family.values()) {
            report("no bans at all", family, family.low(0));
            ban(family, bans, family.length());
            report(bans + " addresses banned, this one too", family, family.low(bans / 2));
            report(bans + " addresses banned, not this one", family, family.low(-1));
            filter.clearBans();
        }
        for (int i = 0; i < bans; i++) {
            writer.ban(Family.IPV6.high() + i, 0, 64, FOR_EVER);
        }
        writer.flush();
        report(bans + " /64 networks banned, this one too", Family.IPV6, Family.IPV6.low(0));
        filter.clearBans();

        banPrefixes(bans);
        report(bans + " /24 prefixes banned, this one too", Family.IPV4, Family.IPV4.low(1));
        report(bans + " /24 prefixes banned, not this one", Family.IPV4, Family.IPV4.low(-1));
        report(bans + " /56 prefixes banned, this one too", Family.IPV6, Family.IPV6.low(1));
        filter.clearBans();
    }

    private void ban(Family family, int bans, int length) {
        for (int client = 0; client < bans; client++) {
            writer.ban(family.high(), family.low(client), length, FOR_EVER);
        }
        writer.flush();
    }

    private void banPrefixes(int bans) {
        for (int i = 0; i < bans; i++) {
            writer.ban(0, 0xFFFF_0000_0000L | (Family.IPV4.low(0) + ((long) i << 8) & 0xFFFF_FFFFL), 24, FOR_EVER);
            writer.ban(Family.IPV6.high() + ((long) i << 8), 0, 56, FOR_EVER);
        }
        writer.flush();
    }

    private void report(String measure, Family family, long low) {
        byte[] frame = TestFrame.udp(NOBODY, NOBODY, family.high(), low);
        filter.test(frame, RUNS);
        double[] values = new double[bench.rounds()];
        for (int round = 0; round < values.length; round++) {
            values[round] = filter.test(frame, RUNS).nanosecondsEach();
        }
        Arrays.sort(values);
        bench.report(Row.alone(family.title() + " packet, " + measure, values[values.length / 2], "ns"));
    }
}
