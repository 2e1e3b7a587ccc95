package org.ipspipeline.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.address.Addresses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A ban in the map of an attached XDP program, in batches of 256; needs root. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class MapUpdateBenchmark {

    private static final int BATCH = 256;
    private static final int CLIENTS = 1 << 16;
    private static final int FIRST = 0x0A00_0000;
    private static final int LENGTH = 32;

    private final long until = System.nanoTime() + TimeUnit.HOURS.toNanos(10);
    private VethPair network;
    private XdpFilter filter;
    private BanWriter writer;
    private int next;

    /** Attaches the program. */
    @Setup
    public void open() throws Exception {
        network = VethPair.create();
        filter = network.onTarget(
                () -> XdpFilter.attach(VethPair.TARGET, XdpOptions.defaults().withMaxBans(2 * CLIENTS)));
        writer = filter.newWriter((portSet, high, low, length) -> {
            throw new IllegalStateException("there is room for all bans, yet the map is full");
        });
    }

    /** Bans, and lifts nothing. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int ban() {
        for (int i = 0; i < BATCH; i++) {
            next = (next + 1) % CLIENTS;
            writer.ban(0, Addresses.lowOfIpv4(FIRST + next), LENGTH, until);
        }
        return writer.flush();
    }

    /** Detaches the program. */
    @TearDown
    public void close() throws Exception {
        filter.close();
        network.close();
    }
}
