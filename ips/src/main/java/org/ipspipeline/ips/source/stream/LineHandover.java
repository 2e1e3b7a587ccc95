package org.ipspipeline.ips.source.stream;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.Doorbell;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches of lines from one thread that waits for them to one that polls for them. A fixed number of buffers goes back
 * and forth; nothing is allocated once it is made.
 */
public final class LineHandover {

    private static final int BUFFERS = 8;
    private static final int LINES = 512;
    private static final int BYTES = 64 * 1024;

    private final BlockingQueue<LineBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<LineBuffer> filled = new ArrayBlockingQueue<>(BUFFERS);
    private final Doorbell doorbell;
    private final AtomicLong waitingLines = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();

    private volatile long waitingSince;
    private @Nullable LineBuffer taking;
    private int taken;
    private volatile boolean ended;

    /**
     * Makes one with empty buffers.
     *
     * @param doorbell rung when there are lines
     * @param maxLineLength of the lines to come; each buffer holds several of these
     */
    public LineHandover(Doorbell doorbell, int maxLineLength) {
        this.doorbell = doorbell;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(new LineBuffer(LINES, Math.max(BYTES, 4 * maxLineLength)));
        }
    }

    /**
     * Waits for an empty buffer. To be given back with {@link #give}.
     *
     * @throws InterruptedException if the thread is asked to end
     */
    public LineBuffer takeEmpty() throws InterruptedException {
        return cleared(free.take());
    }

    /** An empty buffer, or null if all are with the reader. To be given back with {@link #give}. */
    public @Nullable LineBuffer pollEmpty() {
        final LineBuffer buffer = free.poll();
        return buffer == null ? null : cleared(buffer);
    }

    /** Hands a buffer over; without lines, it is only given back. */
    public void give(LineBuffer buffer) {
        if (buffer.isEmpty()) {
            free.add(buffer);
            return;
        }
        if (waitingLines.getAndAdd(buffer.count()) == 0) {
            waitingSince = System.nanoTime();
        }
        waitingBytes.addAndGet(buffer.size());
        filled.add(buffer);
        doorbell.ring();
    }

    /** Says that nothing will be handed over any more. */
    public void end() {
        ended = true;
        doorbell.ring();
    }

    /** Whether everything was taken and nothing will come. */
    public boolean isExhausted() {
        return ended && taking == null && filled.isEmpty();
    }

    /** Lines that were handed over and not yet taken. */
    public long waitingLines() {
        return waitingLines.get();
    }

    /** Bytes of these. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** For how long there have been such lines, in seconds. */
    public double waitingSeconds() {
        return waitingLines.get() == 0 ? 0 : Math.max(0, System.nanoTime() - waitingSince) / 1e9;
    }

    /**
     * Takes lines, as many as there are and find room.
     *
     * @param into gets them
     * @return whether there were any
     */
    public boolean take(LineBuffer into) {
        final int before = into.count();
        while (true) {
            LineBuffer from = taking;
            if (from == null) {
                from = filled.poll();
                if (from == null) {
                    break;
                }
                taking = from;
                taken = 0;
            }
            while (taken < from.count()
                    && into.append(from.bytes(), from.start(taken), from.length(taken), from.stamp(taken))) {
                taken++;
            }
            if (taken < from.count()) {
                break;
            }
            waitingLines.addAndGet(-from.count());
            waitingBytes.addAndGet(-from.size());
            taking = null;
            free.add(from);
        }
        return into.count() > before;
    }

    private static LineBuffer cleared(LineBuffer buffer) {
        buffer.clear();
        return buffer;
    }
}
