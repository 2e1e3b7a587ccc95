package org.ipspipeline.pipeline.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How far a running pipeline is on its way to the end. It goes one way only. */
public final class RunState {

    private static final int RUNNING = 0;
    private static final int DRAINING = 1;
    private static final int HALTED = 2;

    /** Written a few times in a pipeline's life, read all the time: on a line of its own it stays in every cache. */
    private volatile int phase = RUNNING;

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    RunState() {}

    /** Asks for no more from the sources; what has come is handled. */
    void drain() {
        synchronized (this) {
            if (phase == RUNNING) {
                phase = DRAINING;
            }
        }
    }

    /** Has every worker stop after the event in its hands. */
    void halt() {
        synchronized (this) {
            phase = HALTED;
        }
    }

    /** Halts because of a failure. The first one is kept, the others are added to it. */
    void fail(Throwable cause) {
        if (!failure.compareAndSet(null, cause)) {
            Throwable first = failure.get();
            if (first != null && first != cause) {
                first.addSuppressed(cause);
            }
        }
        halt();
    }

    /** Whether the virtual machine itself has failed; a stack that overflowed is the doing of one event. */
    static boolean isFatal(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    boolean isDraining() {
        return phase != RUNNING;
    }

    boolean isHalted() {
        return phase == HALTED;
    }

    @Nullable
    Throwable failure() {
        return failure.get();
    }
}
