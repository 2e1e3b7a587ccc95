package org.ipspipeline.ipc.futex;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Linux's futex(2) on 32-bit words in memory that processes share. Thread-safe. */
public interface Futex {

    /**
     * The futex of this machine.
     *
     * @return empty where jnr-ffi is not on the class path, or the machine is not known to have a futex
     */
    static Optional<Futex> available() {
        return Futexes.INSTANCE;
    }

    /**
     * A word to sleep on.
     *
     * @param buffer a direct buffer that stays reachable for as long as the word is used
     * @param offset where the word is, a multiple of 4
     * @return its address
     */
    long address(ByteBuffer buffer, int offset);

    /**
     * Sleeps until the word is woken, if it still has a value.
     *
     * @param address the word's
     * @param expected the value: with any other it returns at once
     * @param timeoutNanos for how long at most, less than a second
     */
    void sleep(long address, int expected, long timeoutNanos);

    /**
     * Wakes all that sleep on a word, in every process.
     *
     * @param address the word's
     */
    void wakeAll(long address);
}
