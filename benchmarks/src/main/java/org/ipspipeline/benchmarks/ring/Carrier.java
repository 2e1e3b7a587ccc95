package org.ipspipeline.benchmarks.ring;

import java.util.List;

/** A mechanism that carries lines of {@link #LINE_SIZE} bytes from one process to another. */
interface Carrier {

    /** Bytes of a line; its number stands in the first 8. */
    int LINE_SIZE = 128;

    /** What fills the rest of a line. */
    byte FILLER = 'x';

    /** Room for so many lines, or the nearest that the mechanism can. */
    int CAPACITY = 8192;

    /** How many lines a reader takes at a time at most, where the mechanism lets it choose. */
    int READ_LIMIT = 64;

    /**
     * Which carrier this is, for {@link Carriers#parse} in another process.
     *
     * @return words
     */
    List<String> arguments();

    /**
     * What the JVMs of both sides need to run it.
     *
     * @return options; none unless said otherwise
     */
    default List<String> jvmOptions() {
        return List.of();
    }

    /**
     * Makes the mechanism and reads from it.
     *
     * @param place where its files are made
     * @return the reading side; ready for a writer
     * @throws Exception what the mechanism throws
     */
    LineReader reader(Rendezvous place) throws Exception;

    /**
     * Writes to the mechanism that a reader has made.
     *
     * @param place where its files are
     * @return the writing side
     * @throws Exception what the mechanism throws
     */
    LineWriter writer(Rendezvous place) throws Exception;
}
