package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.NativeSocket;

/** How requests are received. */
enum PortKind {
    /** Native where native calls work, otherwise the JDK's. */
    AUTO("auto"),
    /** {@code recvmmsg} and {@code sendmmsg}. */
    NATIVE("recvmmsg"),
    /** The JDK's {@code DatagramChannel}. */
    CHANNEL("DatagramChannel");

    private final String description;

    PortKind(String description) {
        this.description = description;
    }

    /** {@return this kind, or the one that {@link #AUTO} stands for here} */
    PortKind resolved() {
        return this == AUTO ? NativeSocket.whyUnavailable() == null ? NATIVE : CHANNEL : this;
    }

    /** {@return what does the work, for people} */
    String description() {
        return description;
    }

    /**
     * Opens ports that share one number; the kernel spreads clients over them.
     *
     * @param address to listen on, {@code ::} for all of both families
     * @param number 0 for any free one
     * @param threads how many ports
     * @param receiveBufferBytes of each port's queue
     * @param steered whether the kernel is to spread requests by their second payload byte; for native ports
     * @return the ports, bound
     * @throws IOException when the kernel refuses; none is open then
     */
    Ports open(Address address, int number, int threads, int receiveBufferBytes, boolean steered) throws IOException {
        List<RequestPort> ports = new ArrayList<>();
        int bound = number;
        try {
            for (int i = 0; i < threads; i++) {
                if (resolved() == NATIVE) {
                    NativePort port = NativePort.open(address, bound, receiveBufferBytes);
                    ports.add(port);
                    bound = port.number();
                    if (steered && i == threads - 1) {
                        port.steer(threads);
                    }
                } else {
                    ChannelPort port = ChannelPort.open(address, bound, receiveBufferBytes);
                    ports.add(port);
                    bound = port.number();
                }
            }
            return new Ports(bound, ports);
        } catch (IOException | RuntimeException failure) {
            for (RequestPort port : ports) {
                port.close();
            }
            throw failure;
        }
    }

    /**
     * Open ports.
     *
     * @param number they share
     * @param ports one for each thread
     */
    record Ports(int number, List<RequestPort> ports) {}
}
