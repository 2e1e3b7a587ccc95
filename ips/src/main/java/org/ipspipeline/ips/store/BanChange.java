package org.ipspipeline.ips.store;

/**
 * What happened to a ban.
 *
 * @param ban as it is now, or was at its end
 * @param ended whether it is over
 */
record BanChange(StoredBan ban, boolean ended) {}
