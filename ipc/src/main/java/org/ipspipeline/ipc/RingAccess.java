package org.ipspipeline.ipc;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may use a ring. Readers need to write their cursors, never the data. */
public enum RingAccess {
    /** The creating user alone (data 0600, cursors and locks 0600). */
    OWNER("rw-------", "rw-------"),
    /** The group may read (data 0640, cursors and locks 0660). */
    GROUP_READS("rw-r-----", "rw-rw----"),
    /** The group may write too (data 0660, cursors and locks 0660). */
    GROUP_WRITES("rw-rw----", "rw-rw----");

    private final String data;
    private final String cursors;

    RingAccess(String data, String cursors) {
        this.data = data;
        this.cursors = cursors;
    }

    Set<PosixFilePermission> data() {
        return PosixFilePermissions.fromString(data);
    }

    /** Of the cursors and of the lock file. */
    Set<PosixFilePermission> cursors() {
        return PosixFilePermissions.fromString(cursors);
    }
}
