package org.ipspipeline.benchmarks.network;

import org.ipspipeline.bpf.frames.ClientRange;
import org.ipspipeline.bpf.frames.ClientRange.Order;

/** The two kinds of clients, in ranges that are nobody's. */
public enum Family {
    /** From 198.18.0.0 on, which RFC 2544 sets aside for benchmarks. */
    IPV4("IPv4", 0, 0xFFFF_C612_0000L, 32, "ipv4_addr", "ip"),
    /** From 2001:2:: on, which RFC 5180 sets aside for benchmarks. */
    IPV6("IPv6", 0x2001_0002_0000_0000L, 1, 128, "ipv6_addr", "ip6");

    private final String title;
    private final long high;
    private final long low;
    private final int length;
    private final String nftType;
    private final String nftHeader;

    Family(String title, long high, long low, int length, String nftType, String nftHeader) {
        this.title = title;
        this.high = high;
        this.low = low;
        this.length = length;
        this.nftType = nftType;
        this.nftHeader = nftHeader;
    }

    public static Family of(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF ? IPV4 : IPV6;
    }

    public String title() {
        return title;
    }

    public long high() {
        return high;
    }

    public long low(int client) {
        return low + client;
    }

    /** The prefix length of one address. */
    public int length() {
        return length;
    }

    public String nftType() {
        return nftType;
    }

    public String nftHeader() {
        return nftHeader;
    }

    /** A client as nft takes it. */
    public String text(int client) {
        long address = low(client);
        return this == IPV4
                ? (address >>> 24 & 255) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "."
                        + (address & 255)
                : "2001:2::" + Long.toHexString(address >>> 16) + ":" + Long.toHexString(address & 0xFFFF);
    }

    public ClientRange clients(int count) {
        return ClientRange.consecutive(high, low(0), count).withOrder(Order.RANDOM);
    }
}
