package org.ipspipeline.ips.source.process;

import java.util.Locale;

/** When a program that has ended is started again. */
public enum RestartPolicy {
    /** Whatever its exit status. */
    ALWAYS,
    /** If its exit status is not 0; otherwise the source has ended. */
    ON_FAILURE,
    /** Never: the source ends with the program. */
    NEVER;

    /** The name in options, such as {@code on-failure}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether a program is to be started again.
     *
     * @param status its exit status
     */
    boolean restartsAfter(int status) {
        return this == ALWAYS || (this == ON_FAILURE && status != 0);
    }
}
