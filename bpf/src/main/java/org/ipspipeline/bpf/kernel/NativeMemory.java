package org.ipspipeline.bpf.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/**
 * Memory outside the heap with its address: what system calls read and write. Zeroed, in the machine's byte order, and
 * freed once this object is unreachable: keep it reachable until the call has returned.
 */
public final class NativeMemory {

    private final ByteBuffer bytes;
    private final long address;

    /**
     * Allocates memory.
     *
     * @param size in bytes
     */
    public NativeMemory(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = Pointer.wrap(Kernel.runtime(), bytes).address();
    }

    /**
     * Memory with a copy of bytes.
     *
     * @param content to copy
     * @return new memory of the content's size
     */
    public static NativeMemory of(byte[] content) {
        NativeMemory memory = new NativeMemory(content.length);
        memory.bytes.put(0, content);
        return memory;
    }

    /**
     * The memory as a buffer over all of it.
     *
     * @return always the same buffer
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Where it is.
     *
     * @return the address of the first byte
     */
    public long address() {
        return address;
    }

    /**
     * How much it is.
     *
     * @return bytes
     */
    public int size() {
        return bytes.capacity();
    }
}
