package org.ipspipeline.loadgen.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network interface of this process's network namespace.
 *
 * @param name such as {@code eth0}
 * @param index the kernel's number for it
 * @param hardwareType {@link #ETHERNET}, {@link #LOOPBACK} or another of the kernel's {@code ARPHRD_} numbers
 * @param mac its own address, all zeros for the loopback interface
 */
public record NetworkDevice(String name, int index, int hardwareType, MacAddress mac) {

    /** The hardware type of Ethernet. */
    public static final int ETHERNET = 1;

    /** The hardware type of the loopback interface. */
    public static final int LOOPBACK = 772;

    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final long ETHTOOL = 0x8946;
    private static final int GET_DRIVER = 3;
    private static final int DRIVER_BYTES = 200;
    private static final int DRIVER_NAME_BYTES = 32;
    private static final long GET_NAME = 0x8910;
    private static final long GET_HARDWARE_ADDRESS = 0x8927;
    private static final long GET_INDEX = 0x8933;

    /**
     * Looks an interface up by its name.
     *
     * @param name such as {@code eth0}
     * @return the interface
     * @throws IOException when there is none
     */
    public static NetworkDevice named(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= NAME_BYTES) {
            throw new IOException("an interface's name has at most " + (NAME_BYTES - 1) + " bytes");
        }
        try (NativeSocket socket = NativeSocket.udp(SocketAddress.IPV4)) {
            ByteBuffer request = SystemCalls.allocate(REQUEST_BYTES).put(0, bytes);
            ask(socket, GET_INDEX, request);
            int index = request.getInt(NAME_BYTES);
            ask(socket, GET_HARDWARE_ADDRESS, request);
            int type = Short.toUnsignedInt(request.getShort(NAME_BYTES));
            long mac = Long.reverseBytes(request.getLong(NAME_BYTES + Short.BYTES)) >>> 16;
            return new NetworkDevice(name, index, type, new MacAddress(mac));
        }
    }

    /**
     * Looks an interface up by its number.
     *
     * @param index the kernel's number
     * @return the interface
     * @throws IOException when there is none
     */
    public static NetworkDevice numbered(int index) throws IOException {
        try (NativeSocket socket = NativeSocket.udp(SocketAddress.IPV4)) {
            ByteBuffer request = SystemCalls.allocate(REQUEST_BYTES).putInt(NAME_BYTES, index);
            ask(socket, GET_NAME, request);
            byte[] bytes = new byte[NAME_BYTES];
            request.get(0, bytes);
            return named(text(bytes));
        }
    }

    private static void ask(NativeSocket socket, long question, ByteBuffer request) throws SystemCallException {
        if (socket.library().ioctl(socket.descriptor(), question, SystemCalls.addressOf(request)) != 0) {
            throw SystemCalls.failure("ioctl");
        }
    }

    /** {@return whether this is the loopback interface} */
    public boolean isLoopback() {
        return hardwareType == LOOPBACK;
    }

    /**
     * {@return the name of its driver, such as {@code veth} or {@code mlx5_core}; empty where it does not tell}
     *
     * @throws IOException when the kernel cannot be asked
     */
    public String driver() throws IOException {
        try (NativeSocket socket = NativeSocket.udp(SocketAddress.IPV4)) {
            ByteBuffer information = SystemCalls.allocate(DRIVER_BYTES).putInt(0, GET_DRIVER);
            ByteBuffer request = SystemCalls.allocate(REQUEST_BYTES)
                    .put(0, name.getBytes(StandardCharsets.UTF_8))
                    .putLong(NAME_BYTES, SystemCalls.addressOf(information));
            if (socket.library().ioctl(socket.descriptor(), ETHTOOL, SystemCalls.addressOf(request)) != 0) {
                return "";
            }
            byte[] driver = new byte[DRIVER_NAME_BYTES];
            information.get(Integer.BYTES, driver);
            return text(driver);
        }
    }

    private static String text(byte[] endedByZero) {
        String padded = new String(endedByZero, StandardCharsets.UTF_8);
        int end = padded.indexOf('\0');
        return end < 0 ? padded : padded.substring(0, end);
    }

    /**
     * What the kernel counted for this interface, since it exists.
     *
     * @return the counts
     * @throws IOException when the interface has gone
     */
    public Traffic traffic() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/net/dev"))) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                String[] counts = line.substring(colon + 1).strip().split(" +", -1);
                return new Traffic(
                        Long.parseLong(counts[1]),
                        Long.parseLong(counts[3]),
                        Long.parseLong(counts[9]),
                        Long.parseLong(counts[11]));
            }
        }
        throw new IOException("the interface " + name + " has gone");
    }

    /**
     * Packets of an interface, as the kernel counts them.
     *
     * @param received taken from the wire
     * @param receiveDropped of these, dropped by the kernel
     * @param sent given to the wire
     * @param sendDropped dropped on the way to it
     */
    public record Traffic(long received, long receiveDropped, long sent, long sendDropped) {}
}
