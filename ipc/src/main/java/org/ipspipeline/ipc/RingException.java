package org.ipspipeline.ipc;

import org.jspecify.annotations.Nullable;

/**
 * A ring was misused, cannot be had, or is broken. What is part of normal work on the hot path (full, empty, a line that
 * is too long) is a return value and never this.
 */
public final class RingException extends RuntimeException {

    /** What went wrong. In parentheses the error code of the thesis that the case had there. */
    public enum Code {
        /** An argument is out of its range (ARG). */
        INVALID_ARGUMENT,
        /** There is a ring, or another file, at the path (MEM). */
        ALREADY_EXISTS,
        /** There is no ring at the path (MEM). */
        NOT_FOUND,
        /** The memory cannot be had: permissions, no room, not supported here (MEM). */
        MEMORY,
        /** The ring has another version than this program, or is none (MEM). */
        INCOMPATIBLE,
        /** A checksum is wrong, or an index is where no honest process would put it (MEM). */
        DAMAGED,
        /** All reader slots are taken (MEM). */
        NO_FREE_SLOT,
        /** The ring, writer or reader was closed (NULLPTR). */
        CLOSED,
        /** Another writer has the segment (MUTEX). */
        SEGMENT_CLAIMED,
        /** Another process held the membership lock for too long (MUTEX). */
        BUSY,
        /** The reader was stuck for too long and was evicted: join again (MUTEX). */
        EVICTED,
        /** The buffer is too small for a line (SIZE). */
        BUFFER_TOO_SMALL
    }

    private final Code code;

    RingException(Code code, String message) {
        this(code, message, null);
    }

    RingException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What went wrong, for programs. */
    public Code code() {
        return code;
    }
}
