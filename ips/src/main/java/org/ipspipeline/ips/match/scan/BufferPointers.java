package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import org.bytedeco.javacpp.BytePointer;

/**
 * The native addresses of the buffers that a scanner has seen: a pipeline uses the same few buffers again and again, and
 * making a pointer allocates. For one thread.
 */
final class BufferPointers {

    private static final int MOST = 1024;

    private final IdentityHashMap<ByteBuffer, BytePointer> pointers = new IdentityHashMap<>();

    /** The pointer to a direct buffer's first byte. */
    BytePointer of(ByteBuffer buffer) {
        BytePointer known = pointers.get(buffer);
        if (known != null) {
            return known;
        }
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("native code cannot see a buffer on the heap");
        }
        if (pointers.size() == MOST) {
            pointers.clear();
        }
        ByteBuffer whole = buffer.duplicate();
        whole.clear();
        BytePointer pointer = new BytePointer(whole);
        pointers.put(buffer, pointer);
        return pointer;
    }
}
