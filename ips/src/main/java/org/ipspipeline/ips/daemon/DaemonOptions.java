package org.ipspipeline.ips.daemon;

/**
 * How the daemon works.
 *
 * @param workers threads that run the pipelines; 0 lets the CPUs at hand decide
 * @param stealing whether a worker without work takes blocks of others' sources
 * @param maxTracked addresses that are tracked at most, at 48 bytes each; the stalest go first
 * @param maxBans bans that are held at most
 * @param logBans whether each ban and unban has its line in the log
 */
public record DaemonOptions(int workers, boolean stealing, int maxTracked, int maxBans, boolean logBans) {

    /** Default of {@link #maxTracked()}: 48 MiB. */
    public static final int DEFAULT_MAX_TRACKED = 1 << 20;

    /** Default of {@link #maxBans()}. */
    public static final int DEFAULT_MAX_BANS = 1 << 18;
}
