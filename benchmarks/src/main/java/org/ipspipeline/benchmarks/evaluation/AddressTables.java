package org.ipspipeline.benchmarks.evaluation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.loadgen.net.Address;

/**
 * The thesis's tables 3.1 and 3.2 measured with our parts: how often a new address meets an occupied place of a hash table, and
 * how long ten million conversions of an address to text take.
 */
final class AddressTables {

    private static final int BINS = 600_011;
    private static final int[] ADDRESSES = {65_534, 131_068, BINS};
    private static final int CONVERSIONS = 10_000_000;
    private static final int WARM_UP = 200_000;

    private AddressTables() {}

    /** {@return {@code {collisions_percent: {N: {ipv4, ipv6, both}}, conversions_s: {ours, jdk: {ipv4, ipv6}}}}} */
    static Map<String, Object> measure() throws UnknownHostException {
        Map<String, Object> tables = new LinkedHashMap<>();
        Map<String, Object> collisions = new LinkedHashMap<>();
        for (int addresses : ADDRESSES) {
            Map<String, Object> families = new LinkedHashMap<>();
            families.put("ipv4", collisions(addresses, 0));
            families.put("ipv6", collisions(0, addresses));
            families.put("both", collisions(addresses / 2, addresses - addresses / 2));
            collisions.put(String.valueOf(addresses), families);
        }
        tables.put("collisions_percent", collisions);
        Map<String, Object> conversions = new LinkedHashMap<>();
        conversions.put("ours", families(AddressTables::format));
        conversions.put("jdk", families(AddressTables::jdk));
        tables.put("conversions_s", conversions);
        return tables;
    }

    private static double collisions(int ipv4, int ipv6) throws UnknownHostException {
        AddressHash hash = AddressHash.random();
        BitSet occupied = new BitSet(BINS);
        long met = place(hash, occupied, Address.resolve("172.16.0.0"), ipv4)
                + place(hash, occupied, Address.resolve("fd00:192:168::1"), ipv6);
        return Math.rint(10_000.0 * met / (ipv4 + ipv6)) / 100;
    }

    private static long place(AddressHash hash, BitSet occupied, Address first, int count) {
        long met = 0;
        for (int i = 0; i < count; i++) {
            long value = hash.hash(first.high(), first.low() + i, 0);
            int bin = (int) Long.remainderUnsigned(value, BINS);
            if (occupied.get(bin)) {
                met++;
            }
            occupied.set(bin);
        }
        return met;
    }

    @FunctionalInterface
    private interface Conversion {
        /** Converts addresses that follow each other; returns something of all texts, so that none can be left out. */
        long convert(Address first, int count);
    }

    private static Map<String, Object> families(Conversion conversion) throws UnknownHostException {
        Map<String, Object> families = new LinkedHashMap<>();
        families.put("ipv4", seconds(conversion, Address.resolve("172.16.0.0")));
        families.put("ipv6", seconds(conversion, Address.resolve("fd00:192:168:1234:5678:9abc:d000:0")));
        return families;
    }

    private static double seconds(Conversion conversion, Address first) {
        long used = conversion.convert(first, WARM_UP);
        long begin = System.nanoTime();
        used += conversion.convert(first, CONVERSIONS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (used == 0) {
            throw new IllegalStateException("no text was made");
        }
        return Math.rint(seconds * 1000) / 1000;
    }

    private static long format(Address first, int count) {
        ByteBuffer text = ByteBuffer.allocate(AddressFormatter.MAX_LENGTH);
        long used = 0;
        for (int i = 0; i < count; i++) {
            used += AddressFormatter.format(first.high(), first.low() + (i & 0xFFFF), text, 0) + text.get(0);
        }
        return used;
    }

    private static long jdk(Address first, int count) {
        byte[] address = first.toInetAddress().getAddress();
        long used = 0;
        for (int i = 0; i < count; i++) {
            address[address.length - 1] = (byte) i;
            address[address.length - 2] = (byte) (i >> 8);
            try {
                used += InetAddress.getByAddress(address).getHostAddress().length();
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return used;
    }
}
