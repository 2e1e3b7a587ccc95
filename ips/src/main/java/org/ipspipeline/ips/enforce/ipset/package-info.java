/**
 * Bans as members of kernel sets that iptables rules look into.
 */
@NullMarked
package org.ipspipeline.ips.enforce.ipset;

import org.jspecify.annotations.NullMarked;
