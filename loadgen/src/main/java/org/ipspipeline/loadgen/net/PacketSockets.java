package org.ipspipeline.loadgen.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Packet sockets: packet(7).
 *
 * <pre>
 *   sockaddr_ll (20 bytes): family u16, protocol u16 network, interface int, type u16, packet type u8, length u8, address 8
 * </pre>
 */
public final class PacketSockets {

    private static final int ADDRESS_BYTES = 20;
    private static final int INTERFACE = 4;
    private static final int SEND_BUFFER = 4 << 20;

    private PacketSockets() {}

    /**
     * Opens a socket that sends frames on an interface, past its traffic control, and receives nothing.
     *
     * @param device the interface
     * @return the socket
     * @throws IOException when the kernel refuses, for want of CAP_NET_RAW for example
     */
    public static NativeSocket sendingOn(NetworkDevice device) throws IOException {
        NativeSocket socket = NativeSocket.open(NativeSocket.PACKET_FAMILY, NativeSocket.RAW, 0);
        try {
            ByteBuffer address = SystemCalls.allocate(ADDRESS_BYTES)
                    .putShort(0, (short) NativeSocket.PACKET_FAMILY)
                    .putInt(INTERFACE, device.index());
            socket.bind(address);
            socket.growSendBuffer(SEND_BUFFER);
            // Some drivers cannot do without their queue: then the way through it is taken.
            socket.trySet(SocketOption.PACKET_QDISC_BYPASS, 1);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }
}
