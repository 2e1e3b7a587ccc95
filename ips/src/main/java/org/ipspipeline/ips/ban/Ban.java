package org.ipspipeline.ips.ban;

import org.ipspipeline.ips.address.AddressPrefix;

/**
 * A ban, as reports and the store see it.
 *
 * @param jail the jail's number
 * @param prefix who is banned
 * @param sinceNanos its beginning, on the clock of {@link System#nanoTime()}
 * @param untilNanos its end, on the same clock; {@link Long#MAX_VALUE} for never
 * @param failures how many failures led to it; 0 if somebody decided
 * @param times how many bans of this prefix in this jail there have been, this one included, as far as is remembered
 */
public record Ban(int jail, AddressPrefix prefix, long sinceNanos, long untilNanos, int failures, int times) {}
