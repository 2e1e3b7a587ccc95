package org.ipspipeline.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A failure of one of many clients, in an order that no cache foresees. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class CountingBenchmark {

    private static final long IPV6_NETWORK = 0x2001_0DB8_0000_0000L;
    private static final int FIRST = 0x0A00_0000;
    private static final int STRIDE = 0x9E37_79B1;
    private static final long FIND_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final FailureRule RULE = new FailureRule(0, FailureRule.MAX_RETRY, FIND_NANOS, FIND_NANOS);

    /** How many clients. */
    @Param({"254", "65534", "1048576"})
    public int clients;

    /** Family. */
    @Param({"IPv4", "IPv6"})
    public String family;

    private FailureCounter counter;
    private long high;
    private boolean ipv4;
    private int next;

    /** Makes the table. */
    @Setup
    public void open() {
        ipv4 = family.equals("IPv4");
        high = ipv4 ? 0 : IPV6_NETWORK;
        counter =
                new FailureCounter(new FailureTable(Math.max(1024, clients), AddressHash.random(), System.nanoTime()));
    }

    /** Counts one. */
    @Benchmark
    public Outcome fail() {
        next += STRIDE;
        int client = FIRST + (int) ((Integer.toUnsignedLong(next) * clients) >>> Integer.SIZE);
        long now = System.nanoTime();
        counter.begin(now);
        return counter.fail(high, ipv4 ? Addresses.lowOfIpv4(client) : client, RULE, 1, now, now);
    }
}
