package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a way to send. */
final class Senders {

    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);

    private Senders() {}

    /**
     * Opens what was asked for, or the fastest that works.
     *
     * @param kind what was asked for
     * @param device the interface's name, null for the one that the route names
     * @param flood what is sent
     * @throws IOException when the kernel refuses
     */
    static AttackSender open(SenderKind kind, @Nullable String device, Flood flood) throws IOException {
        return switch (kind) {
            case AUTO -> auto(device, flood);
            case XDP -> LiveFrameSender.open(uplink(device, flood), flood);
            case PACKET -> packet(uplink(device, flood), flood);
            case SOCKET -> SocketSender.open(flood);
        };
    }

    private static AttackSender auto(@Nullable String device, Flood flood) throws IOException {
        NetworkDevice found = Uplink.device(flood.target(), device);
        if (found.isLoopback()) {
            return SocketSender.open(flood);
        }
        Uplink uplink = Uplink.resolve(found, flood.target());
        try {
            return LiveFrameSender.open(uplink, flood);
        } catch (IOException refused) {
            LOG.info("{}; AF_PACKET instead", refused.getMessage());
            return packet(uplink, flood);
        }
    }

    private static AttackSender packet(Uplink uplink, Flood flood) throws IOException {
        return PacketSender.open(uplink, flood);
    }

    private static Uplink uplink(@Nullable String device, Flood flood) throws IOException {
        return Uplink.resolve(Uplink.device(flood.target(), device), flood.target());
    }
}
