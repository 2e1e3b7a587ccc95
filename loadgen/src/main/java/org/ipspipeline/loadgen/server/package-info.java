/**
 * The target of the attack: a UDP server that answers valid requests and writes a log line for each invalid one.
 *
 * <pre>
 *   clients --> port of thread 0 --> {@link org.ipspipeline.loadgen.server.Receiver} 0 --lines--> ring segment 0 / file
 *          \--> port of thread n --> {@link org.ipspipeline.loadgen.server.Receiver} n --lines--> ring segment n / file
 *                (one UDP port,            |
 *                 SO_REUSEPORT)            +--> one byte back to each valid client
 * </pre>
 *
 * <p>A request whose first payload byte is {@code B} (0x42) is invalid. Everything goes in batches: those that one system call
 * received are looked at, logged with one publication (or one write to the file), and answered with one system call. May use
 * {@code ipc}, and of {@code ips} the address text and the userspace gate.
 */
@NullMarked
package org.ipspipeline.loadgen.server;

import org.jspecify.annotations.NullMarked;
