package org.ipspipeline.ips.source;

import java.time.Instant;

/** Where a source begins in what is there already when it is opened for the first time. */
public sealed interface StartAt {

    /** With the oldest line. */
    StartAt BEGINNING = new Beginning();

    /** Behind the newest line. */
    StartAt END = new End();

    /**
     * With the first line that is not older than a moment.
     *
     * @param moment to begin at
     */
    static StartAt since(Instant moment) {
        return new Since(moment);
    }

    /** With the oldest line. */
    record Beginning() implements StartAt {}

    /** Behind the newest line. */
    record End() implements StartAt {}

    /**
     * At a moment.
     *
     * @param moment lines from then on
     */
    record Since(Instant moment) implements StartAt {}
}
