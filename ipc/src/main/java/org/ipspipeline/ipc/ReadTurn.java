package org.ipspipeline.ipc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to read a segment: the threads of a process exclude each other, spinning shortly and then yielding. A
 * turn that its thread left behind is taken over, so that an error at any instruction leaves the segment readable.
 */
final class ReadTurn extends CacheLinePadded {

    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(ReadTurn.class, "owner", Thread.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final int SPINS = 100;

    /** The thread that reads now. */
    private volatile @Nullable Thread owner;

    /** Whether it is in a handler. */
    private boolean visiting;

    /** Takes the turn if no thread has it. */
    boolean tryTake() {
        return OWNER.getOpaque(this) == null && OWNER.compareAndSet(this, null, Thread.currentThread());
    }

    /** Takes the turn, yielding so that a thread that was descheduled while it reads can finish. */
    @SuppressWarnings("ThreadPriorityCheck")
    void take() {
        for (int i = 0; !tryTake() && !takeOver(); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /**
     * Takes the turn from a thread that left it behind: this one, or one that is dead. The error that the JVM throws after a
     * fault may come at any instruction, between taking the turn and giving it back too.
     */
    private boolean takeOver() {
        final Thread holder = owner;
        if (holder == Thread.currentThread()) {
            if (visiting) {
                throw new RingException(
                        RingException.Code.INVALID_ARGUMENT,
                        "a handler must not read the segment that it is called from");
            }
            return true;
        }
        return holder != null && !holder.isAlive() && OWNER.compareAndSet(this, holder, Thread.currentThread());
    }

    /** Ends the turn. */
    void giveBack() {
        OWNER.setRelease(this, null);
    }

    /** A handler is called from here on: it must not read this segment. */
    void beginVisit() {
        visiting = true;
    }

    /** It has returned, or thrown. */
    void endVisit() {
        visiting = false;
    }
}
