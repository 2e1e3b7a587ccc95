package org.ipspipeline.ips.source;

/** Why lines of a source did not reach the pipeline, or not whole. Printed by its {@link #label()}. */
public enum LossReason {
    /** A file was cut back by its writer while it held lines not yet read: unavoidable with copytruncate under load. */
    TRUNCATED("truncated"),
    /** A file that was being read was gone, compressed or overwritten when the reading could have gone on. */
    ROTATED_AWAY("rotated away"),
    /** Reading failed: the disk, the permission or the device went away. */
    UNREADABLE("unreadable"),
    /** A file that is not text in bytes, such as UTF-16. */
    NOT_TEXT("not text"),
    /** The writer of a ring overwrote lines not yet read, or dropped this reader. */
    OVERRUN("overrun"),
    /** The kernel or an own bounded queue was full when a datagram or a line came. */
    QUEUE_FULL("queue full"),
    /** A message that its protocol does not allow, such as a frame length that is no number. */
    MALFORMED("malformed"),
    /** A child process, a connection or a terminal ended in the middle of a line or message. */
    INTERRUPTED("interrupted");

    private final String label;

    LossReason(String label) {
        this.label = label;
    }

    /** The reason in plain words, as status, log and JSON show it. */
    public String label() {
        return label;
    }
}
