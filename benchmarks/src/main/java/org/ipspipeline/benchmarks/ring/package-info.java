/**
 * {@code bench ring}: our ring between processes beside its peers, lines of 128 bytes, every line received and checked.
 *
 * <pre>
 *   RingComparison --starts--&gt; ThroughputPeer writer --Carrier--&gt; ThroughputPeer reader --lines a second--&gt; RingComparison
 *                  --starts--&gt; RoundTripPeer, OverwritePeer, IdlePeer, two each --------------------&gt;
 *                  --starts--&gt; plain_ring (C, forks) --------------------------------------&gt;
 * </pre>
 *
 * A {@code Carrier} is our ring in one of its modes, or a peer's; processes meet in a {@code Rendezvous}.
 * Uses {@code ipc} and the package {@code comparison}.
 */
@NullMarked
package org.ipspipeline.benchmarks.ring;

import org.jspecify.annotations.NullMarked;
