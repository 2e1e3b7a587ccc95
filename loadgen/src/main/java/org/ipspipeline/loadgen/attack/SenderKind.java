package org.ipspipeline.loadgen.attack;

/** Ways to send from many source addresses, the fastest first. */
enum SenderKind {
    /** The fastest that works towards the target. */
    AUTO,
    /** XDP live frames, made in the kernel. */
    XDP,
    /** Frames through AF_PACKET. */
    PACKET,
    /** UDP sockets that name another source. */
    SOCKET
}
