package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MessageBatch;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.PacketInfo;
import org.ipspipeline.loadgen.net.SocketAddress;
import org.ipspipeline.loadgen.net.SocketOption;

/**
 * Sends through a UDP socket that names another source with each datagram ({@code IP_PKTINFO}, {@code IPV6_PKTINFO}). The
 * kernel routes as always. From 127.0.0.0/8 it needs no privileges, nor for any IPv6 source ({@code IPV6_FREEBIND}); for other
 * IPv4 sources that are not this host's own it needs CAP_NET_RAW ({@code IP_TRANSPARENT}).
 */
final class SocketSender implements AttackSender {

    private static final int BURST = 64;
    private static final int SEND_BUFFER = 4 << 20;

    private final NativeSocket socket;
    private final AddressRange range;
    private final SourceCursor sources;
    private final boolean ipv4;
    private final MessageBatch batch;

    private SocketSender(NativeSocket socket, Flood flood) {
        this.socket = socket;
        this.range = flood.sources();
        this.sources = flood.cursor();
        this.ipv4 = flood.target().isIpv4();
        byte[] payload = flood.payload();
        batch = new MessageBatch(BURST, payload.length, PacketInfo.bytes(ipv4));
        for (int i = 0; i < BURST; i++) {
            batch.memory().put(batch.payload(i), payload);
            batch.setPeer(i, flood.target().family(), flood.target(), flood.port());
            PacketInfo.prepare(batch.memory(), batch.control(i), ipv4);
        }
    }

    /**
     * Opens a sender.
     *
     * @param flood what is sent
     * @throws IOException when the kernel refuses
     */
    static SocketSender open(Flood flood) throws IOException {
        Address target = flood.target();
        NativeSocket socket = NativeSocket.udp(target.family());
        try {
            if (target.isIpv4()) {
                // Refused without privileges: then sources must be addresses of this host, as all of 127/8 are.
                socket.trySet(SocketOption.IP_TRANSPARENT, 1);
            } else {
                socket.set(SocketOption.IPV6_FREEBIND, 1);
            }
            socket.growSendBuffer(SEND_BUFFER);
            Address any = target.isIpv4() ? Address.ofIpv4(0) : new Address(0, 0);
            socket.bind(target.isIpv4() ? SocketAddress.IPV4 : SocketAddress.IPV6, any, 0);
            return new SocketSender(socket, flood);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    @Override
    public String description() {
        return "sockets with source addresses " + range;
    }

    @Override
    public AttackCounter counter() {
        return ipv4 ? AttackCounter.SENT_IPV4 : AttackCounter.SENT_IPV6;
    }

    @Override
    public int burst() {
        return BURST;
    }

    @Override
    public int send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            PacketInfo.setSource(batch.memory(), batch.control(i), ipv4, sources.high(), sources.nextLow());
        }
        int sent = batch.send(socket, 0, count);
        sources.back(count - Math.max(sent, 0));
        return BurstResult.taken(sent, description());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
