/**
 * {@code bench xdp}: what a packet costs the XDP program, how many banned packets a second are dropped beside nftables, and
 * what a ban costs to put in place.
 *
 * <pre>
 *   XdpComparison -- PacketCost:  frame x a million through the program, no interface (BPF_PROG_TEST_RUN)
 *                 -- DropRate:    live frames --veth--&gt; Dropper: XDP native, XDP generic, nft ingress, nft prerouting
 *                 -- BanCost:     10,000 bans into the maps one by one, in batches, into an nft set
 * </pre>
 *
 * Uses {@code bpf} and the package {@code comparison}.
 */
@NullMarked
package org.ipspipeline.benchmarks.xdp;

import org.jspecify.annotations.NullMarked;
