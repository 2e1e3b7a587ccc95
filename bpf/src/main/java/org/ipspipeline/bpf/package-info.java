/**
 * Drops banned clients' packets before the network stack sees them: loads, attaches, fills and reads an XDP program.
 *
 * <pre>
 *   threads that ban --BanWriter (batches)--&gt;  ban maps  &lt;--looked up-- XDP program --&gt; drop | pass
 *                                              allow list &lt;-----+            |
 *   XdpFilter: attach, sweep, iterate, allow --&gt; settings       |            v
 *   XdpFilter.counters() &lt;---------------------------------- per-CPU counters
 * </pre>
 *
 * An address is two longs, in network order; IPv4 is IPv4-mapped IPv6 ({@code high = 0, low = 0x0000_FFFF_aabb_ccdd}). A
 * prefix length counts in the address's own family: 32 is one IPv4 address, 128 one IPv6 address. A ban's expiry is
 * compared with {@link java.lang.System#nanoTime()}'s clock inside the kernel, so bans end with nobody there.
 *
 * <p>Uses {@code org.ipspipeline.bpf.kernel} and {@code org.ipspipeline.bpf.object}.
 */
@NullMarked
package org.ipspipeline.bpf;

import org.jspecify.annotations.NullMarked;
