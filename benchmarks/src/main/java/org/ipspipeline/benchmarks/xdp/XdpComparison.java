package org.ipspipeline.benchmarks.xdp;

import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.network.Tool;
import org.ipspipeline.ips.command.UsageException;

/** The XDP program and its maps beside nftables. */
public final class XdpComparison implements Comparison {

    @Override
    public String name() {
        return "xdp";
    }

    @Override
    public String description() {
        return "the XDP program: a packet's cost, packets dropped a second and a ban's cost, beside nftables (as root)";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new UsageException("bench xdp: makes network namespaces and loads BPF programs: run it as root");
        }
        for (String program : new String[] {"ip", "nsenter", "ethtool"}) {
            if (!Tool.isThere(program, "--version")) {
                throw new UsageException("bench xdp: the program '" + program + "' is missing; install it first");
            }
        }
        boolean hasNft = Tool.isThere("nft", "--version");
        PacketCost.measure(bench);
        BanCost.measure(bench, hasNft);
        DropRate.measure(bench, hasNft);
    }
}
