package org.ipspipeline.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.address.Addresses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Addresses to text and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class AddressBenchmark {

    private static final int ADDRESSES = 1024;
    private static final long IPV6_NETWORK = 0x2001_0DB8_0000_0000L;
    private static final int STRIDE = 0x9E37_79B1;

    /** Family. */
    @Param({"IPv4", "IPv6"})
    public String family;

    private final AddressParser parser = new AddressParser();
    private final ByteBuffer text = ByteBuffer.allocateDirect(64);
    private final long[] lows = new long[ADDRESSES];
    private final ByteBuffer texts = ByteBuffer.allocateDirect(ADDRESSES * AddressFormatter.MAX_LENGTH);
    private final int[] starts = new int[ADDRESSES + 1];
    private long high;
    private int next;

    /** Makes addresses of all lengths. */
    @Setup
    public void open() {
        boolean ipv4 = family.equals("IPv4");
        high = ipv4 ? 0 : IPV6_NETWORK;
        for (int i = 0; i < ADDRESSES; i++) {
            lows[i] = ipv4 ? Addresses.lowOfIpv4(i * STRIDE) : (long) i * STRIDE;
            starts[i + 1] = AddressFormatter.format(high, lows[i], texts, starts[i]);
        }
    }

    /** Address to text. */
    @Benchmark
    public int format() {
        next = (next + 1) % ADDRESSES;
        return AddressFormatter.format(high, lows[next], text, 0);
    }

    /** Text to address. */
    @Benchmark
    public boolean parse() {
        next = (next + 1) % ADDRESSES;
        return parser.parseWhole(texts, starts[next], starts[next + 1]);
    }
}
