package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.loadgen.net.NetworkDevice;

/** Ways to send from many addresses. */
enum SenderKind {
    /** The best of the others for the interface, the rate and the privileges. */
    AUTO,
    /** XDP live frames. */
    XDP,
    /** A packet socket, AF_PACKET. */
    PACKET,
    /** UDP sockets that name another source. */
    SOCKETS;

    /** What a packet socket sends in a second with ease: above it, frames that the kernel makes cost less. */
    private static final double PACKET_SOCKET_PPS = 250_000;

    /**
     * {@return the kinds to try, the best one first}
     *
     * @param device that packets leave through
     * @param perThread the rate of each thread
     */
    List<SenderKind> candidates(NetworkDevice device, Rate perThread) {
        if (this != AUTO) {
            return List.of(this);
        }
        if (device.hardwareType() != NetworkDevice.ETHERNET) {
            return List.of(SOCKETS);
        }
        return perThread.pps() > PACKET_SOCKET_PPS ? List.of(XDP, PACKET, SOCKETS) : List.of(PACKET, XDP, SOCKETS);
    }

    /**
     * Opens a sender on an Ethernet interface.
     *
     * @param uplink the packets' way
     * @param flood what is sent
     * @param shared by the senders of live frames
     * @return the sender
     * @throws IOException when the interface or the privileges do not allow it
     */
    AttackSender open(Uplink uplink, Flood flood, SharedLiveFrames shared) throws IOException {
        return switch (this) {
            case XDP -> LiveFrameSender.open(uplink, flood, shared);
            case PACKET -> PacketSender.open(uplink, flood);
            case SOCKETS, AUTO -> SocketSender.open(flood);
        };
    }

    /**
     * Opens a sender on another interface: only sockets can send there.
     *
     * @param device the interface
     * @param flood what is sent
     * @return the sender
     * @throws IOException when this kind sends frames, or the privileges do not allow it
     */
    AttackSender openWithoutEthernet(NetworkDevice device, Flood flood) throws IOException {
        if (this == XDP || this == PACKET) {
            throw new IOException(device.name() + " is no Ethernet interface");
        }
        return SocketSender.open(flood);
    }
}
