package org.ipspipeline.ips.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where bans are kept and for how long they are remembered after their end.
 *
 * @param directory of the database, made if it is not there
 * @param remembered how long a ban is remembered after it began, if it has ended: repeat offenders are known by it
 * @param maxHistory how many ended bans are remembered at most
 */
public record StoreOptions(Path directory, Duration remembered, int maxHistory) {

    private static final int DEFAULT_MAX_HISTORY = 1 << 20;

    /** Checks the values. */
    public StoreOptions {
        if (remembered.isNegative() || maxHistory < 0) {
            throw new IllegalArgumentException("the time and the number of remembered bans must not be negative");
        }
    }

    /**
     * A day's memory, of a million bans.
     *
     * @param directory of the database
     * @return the options
     */
    public static StoreOptions in(Path directory) {
        return new StoreOptions(directory, Duration.ofDays(1), DEFAULT_MAX_HISTORY);
    }

    /**
     * Sets {@link #remembered()} and {@link #maxHistory()}.
     *
     * @param time how long
     * @param bans how many
     * @return a changed copy
     */
    public StoreOptions withHistory(Duration time, int bans) {
        return new StoreOptions(directory, time, bans);
    }
}
