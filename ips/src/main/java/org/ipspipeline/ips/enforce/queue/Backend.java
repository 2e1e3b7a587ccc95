package org.ipspipeline.ips.enforce.queue;

import java.io.IOException;
import java.util.Collection;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.Ports;

/**
 * A slow way to put bans into force. All calls come from one thread at a time; each may take as long as a program runs, but
 * must come to an end.
 */
public interface Backend {

    /**
     * {@return what this way is called in all output}
     */
    String name();

    /**
     * {@return see {@link Enforcer#expires()}}
     */
    boolean expires();

    /**
     * {@return see {@link Enforcer#distinguishesJails()}}
     */
    boolean distinguishesJails();

    /**
     * {@return see {@link Enforcer#distinguishesPorts()}}
     */
    default boolean distinguishesPorts() {
        return false;
    }

    /**
     * Says what a number of a port set stands for: see {@link Enforcer#define}.
     *
     * @param portSet the number
     * @param ports which ports
     * @return whether there was room
     */
    default boolean define(int portSet, Ports ports) {
        return false;
    }

    /**
     * {@return how many changes it takes at once}
     */
    default int batchSize() {
        return 8192;
    }

    /**
     * Makes ready, and takes over what is there of an earlier process. Called again after a failure, before anything else.
     *
     * @throws IOException if it cannot; the message is one line that says what and why
     */
    void start() throws IOException;

    /**
     * Bans and lifts bans, in the order of the batch, where {@link BanBatch#LIFTED} stands for an end that is now.
     *
     * @param batch what to change
     * @throws IOException if not all could be changed; the message is one line that says what and why. What was not changed
     *     is marked as rejected in the batch; with nothing marked, the backend is out of order
     */
    void change(BanBatch batch) throws IOException;

    /**
     * Lets prefixes through, whatever is banned.
     *
     * @param prefixes all of them, in place of those before
     * @return whether this backend can do that
     * @throws IOException if it could not this time
     */
    default boolean allow(Collection<AddressPrefix> prefixes) throws IOException {
        return false;
    }

    /**
     * Shows the bans that are held.
     *
     * @param visitor sees each
     * @return whether this backend knows; otherwise nothing was shown
     * @throws IOException if they cannot be read
     */
    boolean forEachBan(BanVisitor visitor) throws IOException;

    /**
     * {@return packets dropped in all; -1 if it does not know}
     *
     * @throws IOException if it cannot be read
     */
    long dropped() throws IOException;

    /**
     * Ends. What becomes of the bans is the backend's to say.
     *
     * @throws IOException if it could not clean up
     */
    void stop() throws IOException;
}
