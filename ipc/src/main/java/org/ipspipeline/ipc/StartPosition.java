package org.ipspipeline.ipc;

/** Where a reader that joins a ring starts. */
public enum StartPosition {
    /** At the oldest line that is still whole in each segment. */
    OLDEST,
    /** After the newest: only lines written from now on. */
    NEWEST
}
