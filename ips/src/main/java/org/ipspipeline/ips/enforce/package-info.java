/**
 * Puts bans into force, whatever the way: the kernel's XDP maps, nftables, ipset, a gate inside the target server, commands, a web
 * service, nothing at all. Bans come and go in batches of primitive arrays.
 *
 * <pre>
 *   workers and keeper --{@link org.ipspipeline.ips.enforce.BanBatch}--> {@link org.ipspipeline.ips.enforce.EnforcementWriter} (one a thread) --> {@link org.ipspipeline.ips.enforce.Enforcer}
 *                                                                       xdp, gate: at once
 *                                                                       queue: bounded ring, thread --> nftables, ipset, action, webhook
 * </pre>
 *
 * <p>Uses {@code address}, {@code count} for its keyed hash, {@code configuration} for actions, and the module {@code bpf}; knows
 * nothing of jails' rules or when a ban is due.
 */
@NullMarked
package org.ipspipeline.ips.enforce;

import org.jspecify.annotations.NullMarked;
