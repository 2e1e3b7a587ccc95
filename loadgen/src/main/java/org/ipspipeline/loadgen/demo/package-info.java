/**
 * The main job on one screen: a target server, the daemon and attackers as separate processes, in a network of their own,
 * watched from outside.
 *
 * <pre>
 *   network namespace "attackers"                network namespace "target"
 *   attack --spoofed frames--&gt; veth ===========&gt; veth [XDP: drop banned] --&gt; server --ring--&gt; run (daemon)
 *      | JSON lines: sent, answered                 | driver's counters          | JSON lines     | JSON lines
 *      +----------------------------------------- demo ------------------------+----------------+
 * </pre>
 *
 * Unprivileged, the same on loopback with the userspace gate in the place of XDP. Every figure comes from a part that it
 * does not judge: what was offered from the sender, what was dropped from the network driver's counters (or the gate's, in
 * the server), what was lost from the writer's and the reader's cursors. May use every package of the modules to its left.
 */
@NullMarked
package org.ipspipeline.loadgen.demo;

import org.jspecify.annotations.NullMarked;
