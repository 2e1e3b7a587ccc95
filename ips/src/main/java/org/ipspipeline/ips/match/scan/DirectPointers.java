package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import org.bytedeco.javacpp.BytePointer;

/** The native pointers of the direct buffers that a scanner has met: made once for each buffer, so that a scan allocates nothing. */
final class DirectPointers {

    /** Programs have a few buffers and use them again; whoever makes more of them starts this collection anew. */
    private static final int MOST = 1024;

    private final IdentityHashMap<ByteBuffer, BytePointer> pointers = new IdentityHashMap<>();

    BytePointer of(ByteBuffer buffer) {
        BytePointer known = pointers.get(buffer);
        return known != null ? known : add(buffer);
    }

    private BytePointer add(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("native code can only scan a direct buffer");
        }
        if (pointers.size() == MOST) {
            pointers.clear();
        }
        BytePointer pointer = new BytePointer(buffer.duplicate().clear());
        pointers.put(buffer, pointer);
        return pointer;
    }
}
