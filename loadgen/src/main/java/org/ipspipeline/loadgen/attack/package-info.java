/**
 * The attackers, and the valid clients that suffer from them.
 *
 * <pre>
 *   {@link org.ipspipeline.loadgen.attack.Schedule}      how many packets are due by now
 *        |
 *   {@link org.ipspipeline.loadgen.attack.SendingThread} keeps to it, counts what the kernel took
 *        |  bursts
 *   {@link org.ipspipeline.loadgen.attack.AttackSender}  one way to send from many source addresses:
 *        +-- XDP live frames      frames made in the kernel; Ethernet; CAP_BPF, CAP_NET_ADMIN
 *        +-- AF_PACKET            frames made here; Ethernet; CAP_NET_RAW
 *        +-- sockets              UDP sockets that name another source; no privileges on loopback
 *        +-- a capture            frames that were captured before, over AF_PACKET
 *
 *   {@link org.ipspipeline.loadgen.attack.ValidClients}  ordinary connected sockets, each waiting for its answers
 * </pre>
 *
 * <p>What is reported as sent is what the kernel took, never what was intended. May use {@code bpf}.
 */
@NullMarked
package org.ipspipeline.loadgen.attack;

import org.jspecify.annotations.NullMarked;
