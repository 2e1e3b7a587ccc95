/**
 * Counts failures by address over all sources at once, by fail2ban's rule, in memory that is bounded however many addresses
 * an attacker invents.
 *
 * <pre>
 *   worker 0: {@link org.ipspipeline.ips.count.FailureCounter} --+
 *   worker 1: {@link org.ipspipeline.ips.count.FailureCounter} --+--> {@link org.ipspipeline.ips.count.FailureTable} (one, shared, without locks on known addresses)
 *   worker n: {@link org.ipspipeline.ips.count.FailureCounter} --+
 * </pre>
 *
 * <p>An address is two longs: IPv6 in network order, IPv4 as IPv4-mapped IPv6. The package uses no other package.
 */
@NullMarked
package org.ipspipeline.ips.count;

import org.jspecify.annotations.NullMarked;
