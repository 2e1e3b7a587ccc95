package org.ipspipeline.benchmarks.parts;

import java.io.IOException;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.loadgen.testbed.VethNetwork;

/** Bans into the map of the XDP program, in batches and one by one; needs root. */
final class MapUpdates {

    private static final String MEASURE = "ban an address in the XDP map, batches of 256";
    private static final int BATCH = 256;
    private static final int TIMES = 100 * BATCH;
    private static final int FIRST = 0xAC10_0000;

    private final BanWriter writer;

    private MapUpdates(BanWriter writer) {
        this.writer = writer;
    }

    static void run(Bench bench) throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            bench.lacks(MEASURE, "one by one", "root privileges");
            return;
        }
        try (VethNetwork network = VethNetwork.create("ips-bench-");
                XdpFilter filter = network.onTarget(MapUpdates::attach)) {
            MapUpdates updates = new MapUpdates(filter.newWriter((portSet, high, low, length) -> {
                throw new IllegalStateException("a map of the default size is full");
            }));
            bench.report(bench.contest(MEASURE, "ns", Better.LOWER)
                    .contender("ours", () -> updates.ban(BATCH))
                    .contender("one by one", () -> updates.ban(1))
                    .run(bench.rounds())
                    .compare("ours", "one by one"));
        }
    }

    private static XdpFilter attach() throws IOException {
        return XdpFilter.attach(VethNetwork.TARGET_INTERFACE, XdpOptions.defaults());
    }

    private double ban(int batch) throws Exception {
        long until = System.nanoTime() + 3_600_000_000_000L;
        return Loop.nanos(TIMES, times -> {
            for (int i = 0; i < times; i++) {
                writer.ban(0, Addresses.lowOfIpv4(FIRST + i), 32, until);
                if ((i + 1) % batch == 0) {
                    writer.flush();
                }
            }
            return writer.flush();
        });
    }
}
