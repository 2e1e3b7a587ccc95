package org.ipspipeline.bpf.kernel;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * bpf(2). A call returns what the kernel returned, or the negated errno: which error is expected depends on the command,
 * and the classes above know it.
 */
final class Bpf {

    static final int MAP_CREATE = 0;
    static final int MAP_LOOKUP_ELEM = 1;
    static final int MAP_UPDATE_ELEM = 2;
    static final int MAP_DELETE_ELEM = 3;
    static final int MAP_GET_NEXT_KEY = 4;
    static final int PROG_LOAD = 5;
    static final int OBJ_PIN = 6;
    static final int OBJ_GET = 7;
    static final int PROG_TEST_RUN = 10;
    static final int PROG_GET_FD_BY_ID = 13;
    static final int OBJ_GET_INFO_BY_FD = 15;
    static final int MAP_LOOKUP_BATCH = 24;
    static final int MAP_UPDATE_BATCH = 26;
    static final int MAP_DELETE_BATCH = 27;
    static final int LINK_CREATE = 28;
    static final int LINK_UPDATE = 29;
    static final int LINK_GET_FD_BY_ID = 30;
    static final int LINK_GET_NEXT_ID = 31;

    /** BPF_OBJ_NAME_LEN, with the terminating zero. */
    private static final int NAME_LENGTH = 16;

    private static final long SYSTEM_CALL = systemCallNumber();

    private Bpf() {}

    /**
     * Calls bpf(2), again when a signal interrupted it.
     *
     * @param command one of the constants here
     * @param attributes from {@link BpfAttributes#zeroed()}, filled in
     * @param pointedTo memory whose address is in the attributes: kept from the garbage collector during the call
     * @param alsoPointedTo the same
     * @param thirdPointedTo the same
     * @return not negative: the command's result; negative: -errno
     */
    static int call(
            int command,
            NativeMemory attributes,
            @Nullable NativeMemory pointedTo,
            @Nullable NativeMemory alsoPointedTo,
            @Nullable NativeMemory thirdPointedTo) {
        try {
            while (true) {
                long result = Kernel.libc().syscall(SYSTEM_CALL, command, attributes.address(), attributes.size());
                if (result >= 0) {
                    return (int) result;
                }
                int errno = Kernel.errno();
                if (errno != Errno.EINTR) {
                    return -errno;
                }
            }
        } finally {
            Reference.reachabilityFence(pointedTo);
            Reference.reachabilityFence(alsoPointedTo);
            Reference.reachabilityFence(thirdPointedTo);
        }
    }

    static int call(int command, NativeMemory attributes, @Nullable NativeMemory pointedTo) {
        return call(command, attributes, pointedTo, null, null);
    }

    static int call(int command, NativeMemory attributes) {
        return call(command, attributes, null, null, null);
    }

    /** Makes every failure an exception. */
    static int require(String what, int result) {
        if (result < 0) {
            throw new KernelException(what, -result);
        }
        return result;
    }

    /** Puts a name where the kernel shows it to people: cut to 15 letters, digits and underscores. */
    static void putName(NativeMemory attributes, int offset, String name) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        attributes.bytes().put(offset, ascii, 0, Math.min(ascii.length, NAME_LENGTH - 1));
    }

    /** A zero-terminated name out of a structure of the kernel's. */
    static String nameAt(NativeMemory structure, int offset) {
        byte[] name = new byte[NAME_LENGTH];
        structure.bytes().get(offset, name);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.US_ASCII);
    }

    /** A zero-terminated copy of a string, for the kernel to read. */
    static NativeMemory string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = new NativeMemory(bytes.length + 1);
        memory.bytes().put(0, bytes);
        return memory;
    }

    /** Asks what an object is. The structure is cut or padded by the kernel to the size given. */
    static NativeMemory info(String what, int descriptor, int size) {
        NativeMemory info = new NativeMemory(size);
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putInt(BpfAttributes.INFO_DESCRIPTOR, descriptor)
                .putInt(BpfAttributes.INFO_SIZE, size)
                .putLong(BpfAttributes.INFO_ADDRESS, info.address());
        require(what, call(OBJ_GET_INFO_BY_FD, attributes, info));
        return info;
    }

    private static long systemCallNumber() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case "amd64", "x86_64" -> 321;
            case "aarch64", "riscv64", "loongarch64" -> 280;
            case "ppc64le" -> 361;
            default ->
                throw new UnsupportedOperationException(
                        "bpf: no system call number is known for the architecture " + architecture);
        };
    }
}
