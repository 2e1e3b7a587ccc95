package org.ipspipeline.loadgen.attack;

import java.io.Closeable;
import java.io.IOException;

/** One way to send packets of attackers. One thread uses it. */
interface AttackSender extends Closeable {

    /** How it sends, for people: such as {@code AF_PACKET on veth0}. */
    String description();

    /** Whether packets that the interface drops are among those that {@link #send} counts: they are to be subtracted. */
    default boolean countsDropped() {
        return false;
    }

    /** The count that the packets of the last {@link #send} belong to. */
    AttackCounter counter();

    /** Whether everything has been sent that there is to send; a flood never ends. */
    default boolean isExhausted() {
        return false;
    }

    /** The most packets of one {@link #send}. */
    int burst();

    /**
     * Sends packets, each from the next source.
     *
     * @param count at most {@link #burst}
     * @return how many the kernel took; the others are sent next time
     * @throws IOException when sending can go on no more: the interface has gone, for example
     */
    int send(int count) throws IOException;
}
