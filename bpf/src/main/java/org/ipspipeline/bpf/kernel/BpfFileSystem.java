package org.ipspipeline.bpf.kernel;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * File systems of type {@code bpf}, whose files are names of maps, programs and links that keep them alive.
 *
 * <p>{@code /sys/fs/bpf} is the usual one, but {@code ip netns exec} mounts another /sys over it: what is pinned there by
 * a process in a namespace is gone with that process. A mount point of one's own outside /sys has no such surprise.
 */
public final class BpfFileSystem {

    private static final String TYPE = "bpf";
    private static final long MS_NOSUID = 2;
    private static final long MS_NODEV = 4;
    private static final long MS_NOEXEC = 8;

    private BpfFileSystem() {}

    /**
     * Makes a directory for pins: creates it, and mounts a file system for root alone on it unless it is in one already.
     *
     * @param directory to be
     * @throws IOException when the directory cannot be created
     * @throws KernelException when the file system cannot be mounted, with EPERM without CAP_SYS_ADMIN
     */
    public static void prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (isIn(directory)) {
            return;
        }
        NativeMemory options = Bpf.string("mode=0700");
        try {
            long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
            if (Kernel.libc().mount(TYPE, directory.toString(), TYPE, flags, options.address()) < 0) {
                throw Kernel.failure("bpf: mount a BPF file system on " + directory);
            }
        } finally {
            Reference.reachabilityFence(options);
        }
    }

    /**
     * Whether a directory is in a BPF file system.
     *
     * @param directory an existing one
     * @return true when objects can be pinned in it
     * @throws IOException when it cannot be told
     */
    public static boolean isIn(Path directory) throws IOException {
        return Files.getFileStore(directory).type().equals(TYPE);
    }

    /**
     * Takes a file system away that {@link #prepare} mounted, with all that is pinned in it.
     *
     * @param directory where it is mounted
     * @throws KernelException when it is not a mount point, or in use
     */
    public static void unmount(Path directory) {
        if (Kernel.libc().umount2(directory.toString(), 0) < 0) {
            throw Kernel.failure("bpf: unmount " + directory);
        }
    }

    /** Gives an object a name. */
    static void pin(int descriptor, String path) {
        NativeMemory name = Bpf.string(path);
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putLong(BpfAttributes.OBJECT_PATH, name.address())
                .putInt(BpfAttributes.OBJECT_DESCRIPTOR, descriptor);
        Bpf.require("bpf: pin " + path, Bpf.call(Bpf.OBJ_PIN, attributes, name));
    }

    /** Opens the object of a name: its descriptor, or -1 when there is none. */
    static int open(String path) {
        NativeMemory name = Bpf.string(path);
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes.bytes().putLong(BpfAttributes.OBJECT_PATH, name.address());
        int result = Bpf.call(Bpf.OBJ_GET, attributes, name);
        if (result < 0 && result != -Errno.ENOENT) {
            throw new KernelException("bpf: open " + path, -result);
        }
        return Math.max(result, -1);
    }
}
