package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import org.ipspipeline.bpf.frames.LiveFrames;
import org.jspecify.annotations.Nullable;

/**
 * The program of an interface that all its senders of live frames share: of several programs, only the first would have cheap
 * calls. It goes with the last sender.
 */
final class SharedLiveFrames {

    private @Nullable LiveFrames frames;
    private int users;

    boolean isOpen() {
        return frames != null;
    }

    /**
     * Loads the program if nobody has.
     *
     * @param device all senders' interface
     * @throws IOException without the interface, the privileges or the kernel's support
     */
    LiveFrames take(String device) throws IOException {
        LiveFrames opened = frames;
        if (opened == null) {
            opened = LiveFrames.open(device);
            frames = opened;
        }
        users++;
        return opened;
    }

    /** A sender is done with it. */
    void giveBack() {
        users--;
        if (users == 0 && frames != null) {
            frames.close();
            frames = null;
        }
    }
}
