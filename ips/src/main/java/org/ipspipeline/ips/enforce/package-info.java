/**
 * Puts bans into force, whatever the way: the kernel's XDP maps, a gate inside the target server, nothing at all. Bans come
 * and go in batches of primitive arrays.
 *
 * <pre>
 *   workers and keeper --{@link org.ipspipeline.ips.enforce.BanBatch}--> {@link org.ipspipeline.ips.enforce.EnforcementWriter} (one a thread) --> {@link org.ipspipeline.ips.enforce.Enforcer}
 * </pre>
 *
 * <p>Uses {@code address}, {@code count} for its keyed hash, and the module {@code bpf}; knows nothing of jails' rules or when a
 * ban is due.
 */
@NullMarked
package org.ipspipeline.ips.enforce;

import org.jspecify.annotations.NullMarked;
