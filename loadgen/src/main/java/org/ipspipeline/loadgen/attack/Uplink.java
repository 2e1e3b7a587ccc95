package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.Netlink;
import org.ipspipeline.loadgen.net.Netlink.Route;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.ipspipeline.loadgen.net.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * The way of frames to a target.
 *
 * @param device they leave through
 * @param neighbour the Ethernet address they go to: the target's, or that of the router towards it
 */
record Uplink(NetworkDevice device, MacAddress neighbour) {

    /** RFC 863: whoever listens there throws away what comes. */
    private static final int DISCARD_PORT = 9;

    private static final long RESOLUTION_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * Finds the interface towards a target.
     *
     * @param target of either family
     * @param name of the interface to use, null for the one that the routes name
     * @throws UsageException when there is no such interface, or no route
     * @throws IOException when the kernel cannot be asked
     */
    static NetworkDevice device(Address target, @Nullable String name) throws IOException {
        if (name != null) {
            try {
                return NetworkDevice.named(name);
            } catch (IOException absent) {
                throw new UsageException(
                        "--interface " + name + ": there is no such interface; 'ip link' shows those there are",
                        absent);
            }
        }
        try (Netlink netlink = new Netlink()) {
            return NetworkDevice.numbered(netlink.route(target).device());
        } catch (SystemCallException noRoute) {
            throw new UsageException("--target " + target + ": " + noRoute.getMessage(), noRoute);
        }
    }

    /**
     * Finds the whole way to a target; asks the neighbour for its address where the kernel does not know it.
     *
     * @param device that frames leave through
     * @param target of either family
     * @throws UsageException when nobody answers
     * @throws IOException when the kernel cannot be asked
     */
    static Uplink resolve(NetworkDevice device, Address target) throws IOException {
        try (Netlink netlink = new Netlink()) {
            Route route = netlink.route(target);
            Address next = Objects.requireNonNullElse(route.gateway(), target);
            Optional<MacAddress> mac = netlink.neighbour(device.index(), next);
            if (mac.isEmpty()) {
                makeKernelAsk(target);
                long deadline = System.nanoTime() + RESOLUTION_NANOS;
                while (mac.isEmpty() && System.nanoTime() - deadline < 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    mac = netlink.neighbour(device.index(), next);
                }
            }
            return new Uplink(
                    device,
                    mac.orElseThrow(() -> new UsageException("nobody at " + next + " on " + device.name()
                            + " tells its MAC address; check --target and --interface, or give --target-mac")));
        } catch (SystemCallException noRoute) {
            throw new UsageException("--target " + target + ": " + noRoute.getMessage(), noRoute);
        }
    }

    /** Whatever leaves through the stack makes the kernel ask for the neighbour's address. */
    private static void makeKernelAsk(Address target) throws IOException {
        try (NativeSocket socket = NativeSocket.udp(target.family())) {
            socket.connect(target.family(), target, DISCARD_PORT);
            int sent = socket.sendByte(0);
            if (sent < 0) {
                throw new UsageException("--target " + target + ": " + SystemCallException.describe(-sent));
            }
        }
    }
}
