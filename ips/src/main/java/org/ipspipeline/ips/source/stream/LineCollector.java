package org.ipspipeline.ips.source.stream;

import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.jspecify.annotations.Nullable;

/** Puts single lines into batches for a hand-over. For the one thread that hands over. */
public final class LineCollector {

    private final LineHandover handover;
    private @Nullable LineBuffer filling;

    /**
     * Collects for a hand-over.
     *
     * @param handover gets the batches
     */
    public LineCollector(LineHandover handover) {
        this.handover = handover;
    }

    /**
     * Adds a line, stamped with the present time; hands a full batch over, and then waits for an empty one.
     *
     * @param line holds it
     * @param length its bytes, without a newline; at most the longest line of the hand-over
     * @throws InterruptedException if the thread is asked to end
     */
    public void add(byte[] line, int length) throws InterruptedException {
        while (true) {
            LineBuffer buffer = filling;
            if (buffer == null) {
                buffer = handover.takeEmpty();
                filling = buffer;
            }
            if (buffer.append(line, 0, length, Stamps.now())) {
                return;
            }
            flush();
        }
    }

    /** Hands over what has been collected. To be called before waiting for more. */
    public void flush() {
        final LineBuffer buffer = filling;
        if (buffer != null) {
            filling = null;
            handover.give(buffer);
        }
    }
}
