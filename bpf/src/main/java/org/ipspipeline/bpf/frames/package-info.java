/**
 * Sends UDP packets of many clients, millions a second from one thread: the kernel runs a BPF program on live frames
 * ({@code BPF_PROG_TEST_RUN}), which gives each a source address and redirects it into an interface.
 *
 * <pre>
 *   UdpTemplate (a frame) + ClientRange (source addresses) = FrameSender of LiveFrames: send(n)
 *        --bpf(2)--&gt; n frames: header, next source, checksums --redirect--&gt; interface --&gt; its peer
 * </pre>
 *
 * What the kernel hands to the interface is counted; whether it arrives, only the receiver knows. A veth pair loses all
 * frames without a word unless the receiving end has native XDP or GRO on ({@code ethtool -K IF gro on}): always look at
 * the receiver's counters.
 *
 * <p>Uses {@code org.ipspipeline.bpf.kernel} and {@code org.ipspipeline.bpf.object}.
 */
@NullMarked
package org.ipspipeline.bpf.frames;

import org.jspecify.annotations.NullMarked;
