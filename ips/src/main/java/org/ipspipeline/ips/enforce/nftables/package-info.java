/**
 * Bans as elements of nftables sets with timeouts, changed in transactions of thousands.
 */
@NullMarked
package org.ipspipeline.ips.enforce.nftables;

import org.jspecify.annotations.NullMarked;
