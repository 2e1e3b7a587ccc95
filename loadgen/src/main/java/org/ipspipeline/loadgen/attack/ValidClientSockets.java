package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.Netlink;
import org.ipspipeline.loadgen.net.SocketOption;
import org.ipspipeline.loadgen.net.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets of valid clients of one family. Their answers must find the way back, so their addresses must be this
 * host's: one can make a whole range so with {@code ip route add local 10.3.11.0/24 dev lo}.
 */
final class ValidClientSockets {

    private ValidClientSockets() {}

    /**
     * Chooses the addresses of the clients.
     *
     * @param wanted used where all of it is this host's own
     * @return the range, null where it is not this host's: the clients then share the address that the kernel chooses
     * @throws IOException when the kernel cannot be asked
     */
    static @Nullable AddressRange usable(AddressRange wanted) throws IOException {
        try (Netlink netlink = new Netlink()) {
            return isLocal(netlink, wanted.first()) && isLocal(netlink, wanted.last()) ? wanted : null;
        }
    }

    private static boolean isLocal(Netlink netlink, Address address) {
        try {
            return netlink.route(address).local();
        } catch (SystemCallException noRoute) {
            return false;
        }
    }

    /**
     * Opens the sockets.
     *
     * @param target they are connected to
     * @param port they are connected to
     * @param sources their addresses in turn, null for the address that the kernel chooses
     * @param count how many
     * @return the clients
     * @throws UsageException when the kernel refuses
     * @throws IOException when a socket cannot be closed after that
     */
    static List<ValidClient> open(Address target, int port, @Nullable AddressRange sources, int count)
            throws IOException {
        List<ValidClient> clients = new ArrayList<>(count);
        ValidCounter family = target.isIpv4() ? ValidCounter.SENT_IPV4 : ValidCounter.SENT_IPV6;
        try {
            for (int i = 0; i < count; i++) {
                NativeSocket socket = NativeSocket.udp(target.family());
                clients.add(new ValidClient(socket, family));
                if (sources != null) {
                    socket.set(target.isIpv4() ? SocketOption.IP_FREEBIND : SocketOption.IPV6_FREEBIND, 1);
                    socket.bind(target.family(), sources.get(i % sources.count()), 0);
                }
                socket.connect(target.family(), target, port);
            }
            return clients;
        } catch (SystemCallException refused) {
            for (ValidClient client : clients) {
                client.socket().close();
            }
            String mend = refused.error() == SystemCallException.EMFILE
                    ? "; raise the limit of open files (ulimit -n) or give fewer --valid-clients"
                    : "";
            throw new UsageException(
                    "valid clients of " + target + ": number " + clients.size() + ": " + refused.getMessage() + mend,
                    refused);
        }
    }
}
