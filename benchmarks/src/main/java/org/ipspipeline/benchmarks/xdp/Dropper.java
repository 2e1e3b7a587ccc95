package org.ipspipeline.benchmarks.xdp;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.Tool;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.bpf.XdpOptions.ModeChoice;

/** A way to drop what banned clients send, on the target's end of a pair. */
interface Dropper extends AutoCloseable {

    /** How many packets it has dropped. */
    long dropped() throws IOException;

    @Override
    void close() throws IOException;

    /** Bans clients by ours. */
    static Dropper xdp(VethPair pair, Family family, int clients, ModeChoice mode) throws Exception {
        XdpFilter filter = pair.onTarget(() -> XdpFilter.attach(
                VethPair.TARGET, XdpOptions.defaults().withMode(mode).withMaxBans(clients)));
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {
            throw new IllegalStateException("a ban had no room");
        });
        for (int client = 0; client < clients; client++) {
            writer.ban(family.high(), family.low(client), family.length(), Long.MAX_VALUE);
        }
        writer.flush();
        if (mode == ModeChoice.GENERIC) {
            // Without native XDP, a veth end takes live frames only with GRO on.
            pair.receiveWithGro();
        }
        return new Dropper() {
            @Override
            public long dropped() {
                return filter.counters().dropped();
            }

            @Override
            public void close() {
                filter.close();
            }
        };
    }

    /** Bans clients by an nftables set in a chain of the given table family and hook. */
    static Dropper nft(VethPair pair, Family family, int clients, String table, String hook) throws IOException {
        pair.receiveWithGro();
        StringBuilder script = new StringBuilder(NftSet.create(family, table, hook));
        NftSet.appendBans(script, family, clients, table);
        Tool.runInside(pair.targetNamespace(), script.toString(), "nft", "-f", "-");
        return new Dropper() {
            @Override
            public long dropped() throws IOException {
                return NftSet.packets(
                        Tool.runInside(pair.targetNamespace(), "", "nft", "list", "chain", table, NftSet.TABLE, "in"));
            }

            @Override
            public void close() throws IOException {
                Tool.run(
                        "",
                        List.of(
                                "nsenter",
                                "--net=/run/netns/" + pair.targetNamespace(),
                                "nft",
                                "delete",
                                "table",
                                table,
                                NftSet.TABLE));
            }
        };
    }
}
