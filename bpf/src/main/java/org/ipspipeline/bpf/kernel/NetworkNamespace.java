package org.ipspipeline.bpf.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * A network namespace that a thread can be in. A namespace belongs to a thread, not to the process: one JVM can look into
 * several, as long as each piece of work stays on the thread that went in. Sockets and interfaces opened there stay there
 * and may be used by other threads.
 */
public final class NetworkNamespace implements AutoCloseable {

    /** Where {@code ip netns} keeps names. */
    public static final Path NAMES = Path.of("/run/netns");

    private static final String CURRENT = "/proc/thread-self/ns/net";
    private static final int O_RDONLY_CLOEXEC = 02000000;
    private static final int CLONE_NEWNET = 0x4000_0000;

    private final String name;
    private final Descriptor descriptor;

    private NetworkNamespace(String name, Descriptor descriptor) {
        this.name = name;
        this.descriptor = descriptor;
    }

    /**
     * Opens a namespace by name.
     *
     * @param name as {@code ip netns list} shows it
     * @return the namespace, kept alive until closed
     * @throws IOException when there is none of this name
     */
    public static NetworkNamespace named(String name) throws IOException {
        Path path = NAMES.resolve(name);
        if (!Files.exists(path)) {
            throw new IOException(
                    "network namespace '" + name + "' is not there; 'ip netns list' shows those that are");
        }
        return open(name, path.toString());
    }

    /**
     * Opens the namespace that this thread is in.
     *
     * @return the namespace, kept alive until closed
     */
    public static NetworkNamespace current() {
        return open("of this thread", CURRENT);
    }

    private static NetworkNamespace open(String name, String path) {
        int number = Kernel.libc().open(path, O_RDONLY_CLOEXEC);
        if (number < 0) {
            throw Kernel.failure("network namespace '" + name + "': open " + path);
        }
        return new NetworkNamespace(name, new Descriptor(number));
    }

    /**
     * Moves this thread in, for good: for threads that belong to the namespace.
     *
     * @throws KernelException with EPERM without CAP_SYS_ADMIN
     */
    public void enter() {
        if (Kernel.libc().setns(descriptor.number(), CLONE_NEWNET) < 0) {
            throw Kernel.failure("network namespace '" + name + "': enter");
        }
    }

    /**
     * Does some work with this thread inside, and brings the thread back.
     *
     * @param work to do on this thread
     * @param <T> what it returns
     * @return what it returned
     * @throws Exception what it threw
     */
    public <T> T call(Callable<T> work) throws Exception {
        try (NetworkNamespace before = current()) {
            enter();
            try {
                return work.call();
            } finally {
                before.enter();
            }
        }
    }

    /** Lets go of the namespace; threads that are inside stay. */
    @Override
    public void close() {
        descriptor.close();
    }
}
