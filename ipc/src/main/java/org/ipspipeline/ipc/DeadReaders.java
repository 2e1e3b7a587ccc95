package org.ipspipeline.ipc;

import java.io.IOException;
import java.nio.channels.FileLock;
import org.ipspipeline.ipc.layout.LockBytes;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.membership.LockFile;

/** Frees the slots of readers whose processes are gone, as the kernel tells by the locks that it took back. */
record DeadReaders(Cursors cursors, LockFile locks) {

    /** Frees all of them; returns how many there were. */
    int reap() {
        int reaped = 0;
        for (int reader = 0; reader < cursors.readers(); reader++) {
            final long state = cursors.state(reader);
            if (ReaderSlot.code(state) != ReaderSlot.FREE && reapIfDead(reader, state)) {
                reaped++;
            }
        }
        return reaped;
    }

    private boolean reapIfDead(int reader, long state) {
        try {
            final FileLock lock = locks.tryHold(LockBytes.reader(reader));
            if (lock == null) {
                return false;
            }
            try {
                // A reader that took the slot since has raised the generation, so it stays.
                return cursors.changeState(
                        reader, state, ReaderSlot.state(ReaderSlot.generation(state), ReaderSlot.FREE));
            } finally {
                lock.release();
            }
        } catch (IOException unknown) {
            // Without locks nobody is known to be dead: the reader keeps its slot.
            return false;
        }
    }
}
