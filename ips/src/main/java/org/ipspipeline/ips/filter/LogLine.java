package org.ipspipeline.ips.filter;

/**
 * A line that is kept, split at its date.
 *
 * @param before what stands before the date
 * @param date the date, perhaps empty
 * @param after what stands after it
 */
record LogLine(String before, String date, String after) {

    /** What expressions see. */
    String stripped() {
        return before + after;
    }

    /** The line as it was. */
    String whole() {
        return before + date + after;
    }
}
