package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import org.ipspipeline.loadgen.net.SystemCallException;

/** Tells a queue that is full for a moment from an interface that will never send again. */
final class BurstResult {

    private BurstResult() {}

    /**
     * {@return how many packets were taken; 0 where trying again is worth while}
     *
     * @param sent what {@code MessageBatch.send} returned
     * @param sender its description
     * @throws IOException when trying again is useless
     */
    static int taken(int sent, String sender) throws IOException {
        if (sent >= 0) {
            return sent;
        }
        return switch (-sent) {
            // A connected or loopback socket is told that nobody listens there: the next packet goes out all the same.
            case SystemCallException.ENOBUFS,
                    SystemCallException.EAGAIN,
                    SystemCallException.EINTR,
                    SystemCallException.ECONNREFUSED -> 0;
            default -> throw new IOException(sender + ": " + SystemCallException.describe(-sent));
        };
    }
}
