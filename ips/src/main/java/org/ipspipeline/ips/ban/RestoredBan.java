package org.ipspipeline.ips.ban;

/**
 * A ban that began before this process.
 *
 * @param ban as it was
 */
public record RestoredBan(Ban ban) {}
