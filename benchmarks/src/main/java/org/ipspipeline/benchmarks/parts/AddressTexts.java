package org.ipspipeline.benchmarks.parts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.loadgen.net.Address;

/** Addresses to text and back, of one family. */
final class AddressTexts {

    private static final int TIMES = 2_000_000;

    /** A power of two. */
    private static final int ADDRESSES = 4096;

    private final long high;
    private final long[] lows = new long[ADDRESSES];
    private final byte[][] raw = new byte[ADDRESSES][];
    private final String[] texts = new String[ADDRESSES];
    private final ByteBuffer packed = ByteBuffer.allocateDirect(ADDRESSES * AddressFormatter.MAX_LENGTH);
    private final int[] starts = new int[ADDRESSES + 1];
    private final ByteBuffer text = ByteBuffer.allocateDirect(AddressFormatter.MAX_LENGTH);
    private final AddressParser parser = new AddressParser();

    AddressTexts(boolean ipv4) throws UnknownHostException {
        Address first = Address.resolve(ipv4 ? "172.16.0.0" : "2001:db8:17:42:a1b2:c3d4:0:0");
        high = first.high();
        for (int i = 0; i < ADDRESSES; i++) {
            Address address = first.plus(i * 251L);
            lows[i] = address.low();
            raw[i] = address.toInetAddress().getAddress();
            texts[i] = address.toString();
            byte[] bytes = texts[i].getBytes(StandardCharsets.US_ASCII);
            packed.put(starts[i], bytes);
            starts[i + 1] = starts[i] + bytes.length;
        }
    }

    double format() throws Exception {
        return Loop.nanos(TIMES, times -> {
            long used = 0;
            for (int i = 0; i < times; i++) {
                used += AddressFormatter.format(high, lows[i & (ADDRESSES - 1)], text, 0);
            }
            return used + text.get(0);
        });
    }

    double formatByJdk() throws Exception {
        return Loop.nanos(TIMES, times -> {
            long used = 0;
            for (int i = 0; i < times; i++) {
                used += InetAddress.getByAddress(raw[i & (ADDRESSES - 1)])
                        .getHostAddress()
                        .length();
            }
            return used;
        });
    }

    double parse() throws Exception {
        return Loop.nanos(TIMES, times -> {
            long used = 0;
            for (int i = 0; i < times; i++) {
                int address = i & (ADDRESSES - 1);
                if (!parser.parseWhole(packed, starts[address], starts[address + 1])) {
                    throw new IllegalStateException(texts[address] + " was not parsed");
                }
                used += parser.low();
            }
            return used;
        });
    }

    double parseByJdk() throws Exception {
        return Loop.nanos(TIMES, times -> {
            long used = 0;
            for (int i = 0; i < times; i++) {
                used += InetAddress.getByName(texts[i & (ADDRESSES - 1)]).hashCode();
            }
            return used;
        });
    }
}
