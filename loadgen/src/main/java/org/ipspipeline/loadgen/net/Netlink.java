package org.ipspipeline.loadgen.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel about routes and neighbours: rtnetlink(7), {@code RTM_GETROUTE} and {@code RTM_GETNEIGH}. Needs no
 * privileges. One thread uses it at a time.
 *
 * <pre>
 *   nlmsghdr (16 bytes): length u32, type u16, flags u16, sequence u32, port u32
 *   then rtmsg or ndmsg (12 bytes), then attributes: length u16, type u16, value, padded to 4 bytes
 * </pre>
 */
public final class Netlink implements Closeable {

    private static final int ROUTE_PROTOCOL = 0;
    private static final int HEADER_BYTES = 16;
    private static final int BODY_BYTES = 12;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int MESSAGE_ROOM = 8192;

    private static final short REQUEST = 1;
    private static final short ERROR = 2;
    private static final short GET_ROUTE = 26;
    private static final short GET_NEIGHBOUR = 30;

    private static final int ROUTE_TYPE = HEADER_BYTES + 7;
    private static final byte LOCAL = 2;
    private static final short ROUTE_DESTINATION = 1;
    private static final short ROUTE_INTERFACE = 4;
    private static final short ROUTE_GATEWAY = 5;

    private static final int NEIGHBOUR_INTERFACE = HEADER_BYTES + 4;
    private static final short NEIGHBOUR_DESTINATION = 1;
    private static final short NEIGHBOUR_LINK_ADDRESS = 2;

    private final NativeSocket socket;
    private final ByteBuffer message = SystemCalls.allocate(MESSAGE_ROOM);
    private int end;

    /**
     * Opens a connection to the kernel.
     *
     * @throws IOException when the kernel refuses
     */
    public Netlink() throws IOException {
        socket = NativeSocket.open(NativeSocket.NETLINK_FAMILY, NativeSocket.RAW, ROUTE_PROTOCOL);
    }

    /**
     * The way to an address.
     *
     * @param local whether the address is one of this host's own
     * @param device the number of the interface that packets leave through
     * @param gateway the neighbour that they go to first, null when the address is a neighbour itself
     */
    public record Route(boolean local, int device, @Nullable Address gateway) {}

    /**
     * Asks for the way to an address.
     *
     * @param destination of either family
     * @return the route that packets to it take now
     * @throws SystemCallException when there is none
     */
    public Route route(Address destination) throws SystemCallException {
        begin(GET_ROUTE, destination.isIpv4());
        message.put(HEADER_BYTES + 1, (byte) (destination.isIpv4() ? Integer.SIZE : 2 * Long.SIZE));
        addAddress(ROUTE_DESTINATION, destination);
        exchange("route to " + destination);
        int device = find(ROUTE_INTERFACE) < 0 ? 0 : message.getInt(find(ROUTE_INTERFACE));
        int gateway = find(ROUTE_GATEWAY);
        return new Route(
                message.get(ROUTE_TYPE) == LOCAL,
                device,
                gateway < 0 ? null : addressAt(gateway, destination.isIpv4()));
    }

    /**
     * Asks for the Ethernet address of a neighbour.
     *
     * @param device the number of the interface
     * @param neighbour of either family
     * @return its address, nothing while the kernel does not know it
     * @throws SystemCallException when the kernel cannot be asked
     */
    public Optional<MacAddress> neighbour(int device, Address neighbour) throws SystemCallException {
        begin(GET_NEIGHBOUR, neighbour.isIpv4());
        message.putInt(NEIGHBOUR_INTERFACE, device);
        addAddress(NEIGHBOUR_DESTINATION, neighbour);
        try {
            exchange("neighbour " + neighbour);
        } catch (SystemCallException absent) {
            return Optional.empty();
        }
        int at = find(NEIGHBOUR_LINK_ADDRESS);
        return at < 0 ? Optional.empty() : Optional.of(new MacAddress(Long.reverseBytes(message.getLong(at)) >>> 16));
    }

    private void begin(short type, boolean ipv4) {
        for (int at = 0; at < HEADER_BYTES + BODY_BYTES; at += Integer.BYTES) {
            message.putInt(at, 0);
        }
        message.putShort(4, type).putShort(6, REQUEST);
        message.put(HEADER_BYTES, (byte) (ipv4 ? SocketAddress.IPV4 : SocketAddress.IPV6));
        end = HEADER_BYTES + BODY_BYTES;
    }

    private void addAddress(short type, Address address) {
        int length = address.isIpv4() ? Integer.BYTES : 2 * Long.BYTES;
        message.putShort(end, (short) (ATTRIBUTE_HEADER + length)).putShort(end + 2, type);
        if (address.isIpv4()) {
            message.putInt(end + ATTRIBUTE_HEADER, Integer.reverseBytes((int) address.low()));
        } else {
            SocketAddress.putAddress(message, end + ATTRIBUTE_HEADER, address.high(), address.low());
        }
        end += ATTRIBUTE_HEADER + length;
    }

    private Address addressAt(int at, boolean ipv4) {
        return ipv4
                ? Address.ofIpv4(Integer.reverseBytes(message.getInt(at)))
                : new Address(
                        Long.reverseBytes(message.getLong(at)), Long.reverseBytes(message.getLong(at + Long.BYTES)));
    }

    /** Sends the message; the kernel's answer takes its place. */
    private void exchange(String about) throws SystemCallException {
        message.putInt(0, end);
        long address = SystemCalls.addressOf(message);
        if (socket.library().send(socket.descriptor(), address, end, 0) < 0) {
            throw SystemCalls.failure("netlink send");
        }
        long received = socket.library().recv(socket.descriptor(), address, MESSAGE_ROOM, 0);
        if (received < 0) {
            throw SystemCalls.failure("netlink receive");
        }
        end = (int) received;
        if (message.getShort(4) == ERROR) {
            int error = -message.getInt(HEADER_BYTES);
            throw new SystemCallException(about, error, socket.library().strerror(error));
        }
    }

    /** The index of an attribute's value, -1 when the answer has none of that type. */
    private int find(short type) {
        int at = HEADER_BYTES + BODY_BYTES;
        while (at + ATTRIBUTE_HEADER <= end) {
            int length = Short.toUnsignedInt(message.getShort(at));
            if (length < ATTRIBUTE_HEADER) {
                break;
            }
            if (message.getShort(at + 2) == type) {
                return at + ATTRIBUTE_HEADER;
            }
            at += (length + 3) & ~3;
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
