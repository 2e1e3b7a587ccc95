package org.ipspipeline.loadgen.server;

/** Composes log lines, one at a time, for one thread; allocates nothing but the text of the date, once a second. */
interface LineForm {

    /** {@return the array that {@link #compose} leaves the line in, from its first byte on} */
    byte[] bytes();

    /**
     * Sets the time that the lines carry; to be called once a batch.
     *
     * @param epochMillis as the system's clock has it
     */
    void setTime(long epochMillis);

    /**
     * Composes the line for a client.
     *
     * @param high the first half of its address
     * @param low the second half
     * @return the bytes of the line, without a newline
     */
    int compose(long high, long low);
}
