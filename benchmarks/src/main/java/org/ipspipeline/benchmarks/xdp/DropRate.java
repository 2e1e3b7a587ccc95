package org.ipspipeline.benchmarks.xdp;

import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.TestFrame;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.XdpOptions.ModeChoice;
import org.ipspipeline.bpf.frames.FrameSender;
import org.ipspipeline.bpf.frames.UdpTemplate;

/** How many packets of banned clients are sent and dropped a second, on one CPU, by ours and by nftables. */
final class DropRate {

    private static final String NATIVE = "xdp-native";
    private static final String GENERIC = "xdp-generic";
    private static final String INGRESS = "nft ingress";
    private static final String PREROUTING = "nft prerouting";

    private static final int CLIENTS = 10_000;
    private static final int PACKETS = 2_000_000;
    private static final int PACKETS_A_CALL = 500_000;
    private static final int SETTLING_MILLIS = 20;

    private DropRate() {}

    static void measure(Bench bench, boolean hasNft) throws Exception {
        for (Family family : Family.values()) {
            String measure = "packets of " + CLIENTS + " banned " + family.title() + " clients sent and dropped";
            Contest contest = bench.contest(measure, "Mpps", Better.HIGHER)
                    .contender(NATIVE, () -> run(family, pair -> Dropper.xdp(pair, family, CLIENTS, ModeChoice.NATIVE)))
                    .contender(
                            GENERIC, () -> run(family, pair -> Dropper.xdp(pair, family, CLIENTS, ModeChoice.GENERIC)));
            if (hasNft) {
                String ingress = "ingress device \"" + VethPair.TARGET + "\" priority 0";
                contest.contender(
                                INGRESS,
                                () -> run(family, pair -> Dropper.nft(pair, family, CLIENTS, "netdev", ingress)))
                        .contender(
                                PREROUTING,
                                () -> run(
                                        family,
                                        pair -> Dropper.nft(pair, family, CLIENTS, "inet", "prerouting priority raw")));
            }
            contest.run(bench.rounds());
            bench.report(contest.compare(NATIVE, GENERIC));
            if (hasNft) {
                bench.report(contest.compare(NATIVE, INGRESS));
                bench.report(contest.compare(NATIVE, PREROUTING));
                bench.report(contest.compare(GENERIC, INGRESS).withNote("ours: xdp-generic"));
            } else {
                bench.lacks(measure, INGRESS, "nft");
            }
        }
    }

    /** Makes a contender on a pair. */
    private interface Setup {
        Dropper on(VethPair pair) throws Exception;
    }

    private static double run(Family family, Setup setup) throws Exception {
        try (VethPair pair = VethPair.create();
                Dropper dropper = setup.on(pair)) {
            UdpTemplate template =
                    new UdpTemplate(TestFrame.udp(pair.targetMac(), pair.sourceMac(), family.high(), family.low(0)));
            return pair.onSource(() -> {
                try (FrameSender sender = FrameSender.open(VethPair.SOURCE, template, family.clients(CLIENTS))) {
                    return run(sender, dropper);
                }
            });
        }
    }

    private static double run(FrameSender sender, Dropper dropper) throws Exception {
        sender.send(PACKETS_A_CALL);
        Thread.sleep(SETTLING_MILLIS);
        long before = dropped(dropper);
        long begin = System.nanoTime();
        for (int sent = 0; sent < PACKETS; sent += PACKETS_A_CALL) {
            sender.send(PACKETS_A_CALL);
        }
        long nanos = System.nanoTime() - begin;
        Thread.sleep(SETTLING_MILLIS);
        return (dropped(dropper) - before) * 1e3 / nanos;
    }

    private static long dropped(Dropper dropper) throws Exception {
        return dropper.dropped();
    }
}
