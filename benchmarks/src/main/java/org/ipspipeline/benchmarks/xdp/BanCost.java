package org.ipspipeline.benchmarks.xdp;

import java.io.IOException;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.Tool;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;

/** What a ban costs from the call until it is in force, one by one and in batches. */
final class BanCost {

    private static final String BATCHES = "batches of 1,000";
    private static final String SINGLE = "one by one";
    private static final String NFT = "nft -f -, one transaction";
    private static final String NFT_SINGLE = "nft, one process a ban";

    private static final int BANS = 10_000;
    private static final int BATCH = 1_000;
    private static final int NFT_SINGLE_BANS = 50;
    private static final String TABLE = "inet";

    private BanCost() {}

    static void measure(Bench bench, boolean hasNft) throws Exception {
        for (Family family : Family.values()) {
            try (VethPair pair = VethPair.create();
                    XdpFilter filter = pair.onTarget(() -> XdpFilter.attach(VethPair.TARGET, XdpOptions.defaults()))) {
                Contest bans = bench.contest("a ban, " + family.title(), "us", Better.LOWER)
                        .contender(BATCHES, () -> ban(filter, family, BATCH))
                        .contender(SINGLE, () -> ban(filter, family, 1));
                if (hasNft) {
                    bans.contender(NFT, () -> nft(pair, family)).contender(NFT_SINGLE, () -> nftSingle(pair, family));
                }
                bans.run(bench.rounds());
                bench.report(bans.compare(BATCHES, SINGLE));
                if (hasNft) {
                    bench.report(bans.compare(BATCHES, NFT));
                    bench.report(bans.compare(SINGLE, NFT_SINGLE).withNote("ours: one by one"));
                }
                Contest unbans = bench.contest("an unban, " + family.title(), "us", Better.LOWER)
                        .contender(BATCHES, () -> unban(filter, family, BATCH))
                        .contender(SINGLE, () -> unban(filter, family, 1));
                unbans.run(bench.rounds());
                bench.report(unbans.compare(BATCHES, SINGLE));
            }
        }
    }

    private static double ban(XdpFilter filter, Family family, int batch) {
        filter.clearBans();
        return ban(writer(filter), family, batch);
    }

    private static double ban(BanWriter writer, Family family, int batch) {
        long begin = System.nanoTime();
        for (int client = 0; client < BANS; client++) {
            writer.ban(family.high(), family.low(client), family.length(), Long.MAX_VALUE);
            if ((client + 1) % batch == 0) {
                writer.flush();
            }
        }
        return (System.nanoTime() - begin) / 1e3 / BANS;
    }

    private static double unban(XdpFilter filter, Family family, int batch) {
        BanWriter writer = writer(filter);
        ban(writer, family, BATCH);
        long begin = System.nanoTime();
        for (int client = 0; client < BANS; client++) {
            writer.unban(family.high(), family.low(client), family.length());
            if ((client + 1) % batch == 0) {
                writer.flush();
            }
        }
        return (System.nanoTime() - begin) / 1e3 / BANS;
    }

    private static BanWriter writer(XdpFilter filter) {
        return filter.newWriter((portSet, high, low, length) -> {
            throw new IllegalStateException("a ban had no room");
        });
    }

    private static double nft(VethPair pair, Family family) throws IOException {
        createTable(pair, family);
        StringBuilder script = new StringBuilder();
        NftSet.appendBans(script, family, BANS, TABLE);
        long begin = System.nanoTime();
        nft(pair, script.toString());
        double each = (System.nanoTime() - begin) / 1e3 / BANS;
        nft(pair, "delete table " + TABLE + " " + NftSet.TABLE);
        return each;
    }

    private static double nftSingle(VethPair pair, Family family) throws IOException {
        createTable(pair, family);
        long begin = System.nanoTime();
        for (int client = 0; client < NFT_SINGLE_BANS; client++) {
            nft(
                    pair,
                    "add element " + TABLE + " " + NftSet.TABLE + " banned { " + family.text(client) + " timeout 1h }");
        }
        double each = (System.nanoTime() - begin) / 1e3 / NFT_SINGLE_BANS;
        nft(pair, "delete table " + TABLE + " " + NftSet.TABLE);
        return each;
    }

    private static void createTable(VethPair pair, Family family) throws IOException {
        nft(pair, NftSet.create(family, TABLE, "prerouting priority raw"));
    }

    private static void nft(VethPair pair, String script) throws IOException {
        Tool.runInside(pair.targetNamespace(), script, "nft", "-f", "-");
    }
}
