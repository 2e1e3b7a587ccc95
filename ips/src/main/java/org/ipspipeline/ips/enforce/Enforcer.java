package org.ipspipeline.ips.enforce;

import java.util.Collection;
import org.ipspipeline.ips.address.AddressPrefix;

/**
 * A way to put bans into force. Safe for use by many threads, each through its own writer.
 */
public interface Enforcer extends AutoCloseable {

    /**
     * {@return what this way is called in all output, such as {@code xdp-native}}
     */
    String name();

    /**
     * {@return whether a ban is in force when the writer returns, within microseconds: then the worker that finds an attacker
     * bans it; the others get their bans from the keeper's thread and have a bounded queue}
     */
    boolean immediate();

    /**
     * {@return whether bans end on time without being lifted, even with this process dead: then what has ended is left to
     * {@link #sweep}}
     */
    boolean expires();

    /**
     * {@return whether the bans of each jail are held apart: a prefix that two jails ban is then banned twice and lifted twice.
     * Otherwise it is banned once, until the later end}
     */
    default boolean distinguishesJails() {
        return false;
    }

    /**
     * {@return whether a ban can be for some ports only. Otherwise each ban holds for all that its source sends}
     */
    default boolean distinguishesPorts() {
        return false;
    }

    /**
     * Says what a number of {@link BanBatch#portSet} stands for, from now on; before bans for it are made. Only for enforcers that
     * {@linkplain #distinguishesPorts() tell ports apart}.
     *
     * @param portSet a number from 1 that has not been defined
     * @param ports which ports
     * @return whether there was room
     */
    default boolean define(int portSet, Ports ports) {
        return false;
    }

    /**
     * Makes a writer for one thread.
     *
     * @return a new writer
     */
    EnforcementWriter newWriter();

    /**
     * Frees the room that bans take which have ended. Only for enforcers that {@link #expires()}; slow, so not for a thread
     * that has something urgent to do.
     *
     * @param nowNanos the time on the clock of {@link System#nanoTime()}
     */
    void sweep(long nowNanos);

    /**
     * Lets prefixes through, whatever is banned.
     *
     * @param prefixes all of them, in place of those before
     * @return false if this enforcer cannot do that, or has no room for them: then it must not be given bans of them
     */
    default boolean allow(Collection<AddressPrefix> prefixes) {
        return false;
    }

    /**
     * Shows the bans that are held, ended ones that have not been swept included.
     *
     * @param visitor sees each
     * @return whether it knows; otherwise none, or not all, were shown
     */
    boolean forEachBan(BanVisitor visitor);

    /**
     * {@return packets dropped in all, as far as the enforcer knows; -1 if it does not}
     */
    long dropped();

    /**
     * {@return changes that were taken and then not made; what is {@linkplain #forEachBan known} of them is made good}
     */
    default long lost() {
        return 0;
    }

    @Override
    void close();
}
