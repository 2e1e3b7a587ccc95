package org.ipspipeline.bpf.kernel;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The attachment of an XDP program to an interface. It ends when its last holder does, whether that closes it or is
 * killed; a pin is a holder too.
 */
public final class BpfLink implements AutoCloseable {

    /** Which of the kernel's two ways to run the program. */
    public enum Mode {
        /** In the driver, before the kernel has made a packet of the frame. */
        NATIVE(1 << 2),
        /** In the kernel's generic receive path: works with every driver, at less than half the speed. */
        GENERIC(1 << 1);

        private final int flag;

        Mode(int flag) {
            this.flag = flag;
        }

        /**
         * The kernel's number for it.
         *
         * @return an XDP_FLAGS bit
         */
        public int flag() {
            return flag;
        }

        /**
         * The mode of a number.
         *
         * @param flag what {@link #flag()} returned
         * @return the mode, or null when it is none's
         */
        public static @Nullable Mode ofFlag(int flag) {
            for (Mode mode : values()) {
                if (mode.flag == flag) {
                    return mode;
                }
            }
            return null;
        }
    }

    /** What holds an interface. */
    public record Holder(int programId, String programName) {}

    private static final int ATTACH_XDP = 37;

    /** Offsets in {@code struct bpf_link_info}, and its type for XDP. */
    private static final int INFO_TYPE = 0;

    private static final int INFO_PROGRAM = 8;
    private static final int INFO_INTERFACE = 16;
    private static final int INFO_LENGTH = 32;
    private static final int TYPE_XDP = 6;

    private final Descriptor descriptor;
    private final int interfaceIndex;

    private BpfLink(Descriptor descriptor, int interfaceIndex) {
        this.descriptor = descriptor;
        this.interfaceIndex = interfaceIndex;
    }

    /**
     * Attaches a program in one mode.
     *
     * @param program to attach
     * @param interfaceIndex in this thread's network namespace
     * @param mode how
     * @return the attachment
     * @throws KernelException EOPNOTSUPP and others when the driver cannot, EBUSY or EEXIST when another program is
     *     attached, EINVAL when there is no such interface, EPERM
     */
    public static BpfLink attach(BpfProgram program, int interfaceIndex, Mode mode) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putInt(BpfAttributes.LINK_PROGRAM, program.descriptor())
                .putInt(BpfAttributes.LINK_INTERFACE, interfaceIndex)
                .putInt(BpfAttributes.LINK_ATTACH_TYPE, ATTACH_XDP)
                .putInt(BpfAttributes.LINK_FLAGS, mode.flag);
        int number = Bpf.require("bpf: attach program '" + program.name() + "'", Bpf.call(Bpf.LINK_CREATE, attributes));
        return new BpfLink(new Descriptor(number), interfaceIndex);
    }

    /**
     * Opens a pinned attachment.
     *
     * @param path in a BPF file system
     * @return the attachment, or null when nothing is pinned there
     * @throws KernelException when what is pinned there is no attachment of an XDP program, with EINVAL
     */
    public static @Nullable BpfLink openPinned(String path) {
        int number = BpfFileSystem.open(path);
        if (number < 0) {
            return null;
        }
        Descriptor descriptor = new Descriptor(number);
        try {
            ByteBuffer info = info("bpf: " + path + ": not a link", number);
            if (info.getInt(INFO_TYPE) != TYPE_XDP) {
                throw new KernelException("bpf: " + path + ": not a link of an XDP program", Errno.EINVAL);
            }
            return new BpfLink(descriptor, info.getInt(INFO_INTERFACE));
        } catch (KernelException failure) {
            descriptor.close();
            throw failure;
        }
    }

    /**
     * Finds out who holds an interface by a link. A program that was attached without one is not found.
     *
     * @param interfaceIndex in any network namespace, since indexes are looked at alone
     * @return the holder, or null when no link is found, or one may not look
     */
    public static @Nullable Holder holderOf(int interfaceIndex) {
        int id = 0;
        while (true) {
            NativeMemory attributes = BpfAttributes.zeroed();
            attributes.bytes().putInt(BpfAttributes.ID_START, id);
            if (Bpf.call(Bpf.LINK_GET_NEXT_ID, attributes) < 0) {
                return null;
            }
            id = attributes.bytes().getInt(BpfAttributes.ID_NEXT);
            Holder holder = holderBy(id, interfaceIndex);
            if (holder != null) {
                return holder;
            }
        }
    }

    private static @Nullable Holder holderBy(int linkId, int interfaceIndex) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes.bytes().putInt(BpfAttributes.ID_START, linkId);
        int number = Bpf.call(Bpf.LINK_GET_FD_BY_ID, attributes);
        if (number < 0) {
            return null;
        }
        try (Descriptor descriptor = new Descriptor(number)) {
            ByteBuffer info = info("bpf: link " + linkId, descriptor.number());
            if (info.getInt(INFO_TYPE) != TYPE_XDP || info.getInt(INFO_INTERFACE) != interfaceIndex) {
                return null;
            }
            int program = info.getInt(INFO_PROGRAM);
            return new Holder(program, BpfProgram.nameOf(program));
        }
    }

    private static ByteBuffer info(String what, int descriptor) {
        return Bpf.info(what, descriptor, INFO_LENGTH).bytes();
    }

    /**
     * The interface that the program is attached to.
     *
     * @return its index when this object was made, 0 when the interface was gone
     */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /**
     * The attached program.
     *
     * @return its id
     */
    public int programId() {
        return info("bpf: link: info", descriptor.number()).getInt(INFO_PROGRAM);
    }

    /**
     * Puts another program in the place of the attached one; no packet passes without one of the two.
     *
     * @param program the new one
     */
    public void replaceProgram(BpfProgram program) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putInt(BpfAttributes.UPDATE_LINK, descriptor.number())
                .putInt(BpfAttributes.UPDATE_PROGRAM, program.descriptor());
        Bpf.require(
                "bpf: replace the attached program by '" + program.name() + "'", Bpf.call(Bpf.LINK_UPDATE, attributes));
    }

    /**
     * Pins the attachment, so that it outlives this process.
     *
     * @param path a new name in a BPF file system
     */
    public void pin(String path) {
        BpfFileSystem.pin(descriptor.number(), path);
    }

    /** Lets go: the program is detached, unless the attachment is pinned. */
    @Override
    public void close() {
        descriptor.close();
    }
}
