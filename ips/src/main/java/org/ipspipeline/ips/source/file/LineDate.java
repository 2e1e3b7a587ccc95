package org.ipspipeline.ips.source.file;

/** Tells when a line was written. */
@FunctionalInterface
public interface LineDate {

    /** Of a line without a date. */
    long NONE = Long.MIN_VALUE;

    /**
     * Reads the date of a line.
     *
     * @param line holds it
     * @param length its bytes
     * @return milliseconds since 1970, or {@link #NONE}
     */
    long millis(byte[] line, int length);
}
