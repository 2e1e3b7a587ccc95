/**
 * {@code bench ring}: our ring between two processes beside its peers, lines of 128 bytes, every line received and checked.
 *
 * <pre>
 *   RingComparison --starts--&gt; RingPeer writer --ring--&gt; RingPeer reader --lines a second--&gt; RingComparison
 *                  --starts--&gt; plain_ring (C, forks) ------------------------------------&gt;
 * </pre>
 *
 * Uses {@code ipc} and the package {@code comparison}.
 */
@NullMarked
package org.ipspipeline.benchmarks.ring;

import org.jspecify.annotations.NullMarked;
