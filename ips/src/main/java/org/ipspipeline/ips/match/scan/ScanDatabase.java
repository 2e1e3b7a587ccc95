package org.ipspipeline.ips.match.scan;

/** What scanners look for, prepared for looking: immutable, shared by all threads. */
public interface ScanDatabase {

    /**
     * Makes a scanner.
     *
     * @return for one thread
     */
    HitScanner newScanner();

    /** {@return what does the scanning, for people, such as {@code Hyperscan 5.4.11 through java.lang.foreign}} */
    String engine();
}
