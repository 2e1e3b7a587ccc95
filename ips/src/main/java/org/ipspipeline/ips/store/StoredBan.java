package org.ipspipeline.ips.store;

import org.ipspipeline.ips.address.AddressPrefix;

/**
 * A ban as the database has it.
 *
 * @param jail the jail's name
 * @param prefix who is banned
 * @param sinceMillis its beginning, in milliseconds since 1970
 * @param untilMillis its end, in milliseconds since 1970; {@link Long#MAX_VALUE} for never
 * @param failures how many failures led to it; 0 if somebody decided
 * @param times how many bans of this prefix in this jail there have been, this one included
 */
public record StoredBan(
        String jail, AddressPrefix prefix, long sinceMillis, long untilMillis, int failures, int times) {}
