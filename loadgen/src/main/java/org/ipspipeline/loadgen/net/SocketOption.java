package org.ipspipeline.loadgen.net;

/** Options of a {@link NativeSocket} by their name in the kernel's documentation: socket(7), ip(7), ipv6(7), packet(7). */
public enum SocketOption {
    /** Several sockets on one port, the kernel spreading flows over them. */
    SO_REUSEPORT(1, 15),
    /** Bytes of the receive queue; the kernel doubles it and caps it at {@code net.core.rmem_max}. */
    SO_RCVBUF(1, 8),
    /** The same without the cap; needs CAP_NET_ADMIN. */
    SO_RCVBUFFORCE(1, 33),
    /** Bytes of the send queue. */
    SO_SNDBUF(1, 7),
    /** The same without the cap; needs CAP_NET_ADMIN. */
    SO_SNDBUFFORCE(1, 32),
    /** 0 for a socket of both families. */
    IPV6_V6ONLY(41, 26),
    /** Binding to an IPv4 address that the host does not have (yet). */
    IP_FREEBIND(0, 15),
    /** The same for IPv6. */
    IPV6_FREEBIND(41, 78),
    /** Sending IPv4 from any address; needs CAP_NET_ADMIN or CAP_NET_RAW. */
    IP_TRANSPARENT(0, 19),
    /** Sending past the traffic control of the device. */
    PACKET_QDISC_BYPASS(263, 20);

    final int level;
    final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }
}
