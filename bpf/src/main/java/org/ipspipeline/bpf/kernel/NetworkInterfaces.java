package org.ipspipeline.bpf.kernel;

/** Network interfaces of this thread's namespace. */
public final class NetworkInterfaces {

    private NetworkInterfaces() {}

    /**
     * Looks an interface up. Unlike {@link java.net.NetworkInterface}, which keeps to sockets and addresses, this sees
     * interfaces that are down, and needs no socket.
     *
     * @param name such as {@code eth0}
     * @return its index, or 0 when this namespace has no such interface
     */
    public static int indexOf(String name) {
        return Kernel.libc().if_nametoindex(name);
    }
}
