package org.ipspipeline.ipc;

import java.nio.ByteBuffer;

/** Takes lines where they lie. */
@FunctionalInterface
public interface LineHandler {

    /**
     * Takes one line. It must not keep the buffer, nor change its position or limit.
     *
     * @param buffer holds the line; read-only, little-endian
     * @param offset where the line starts
     * @param length its bytes, without a newline
     * @param stamp its time stamp in microseconds ({@link Stamps}), 0 for none
     */
    void onLine(ByteBuffer buffer, int offset, int length, int stamp);
}
