/**
 * Sockets below the JDK's: many datagrams a system call ({@code recvmmsg}, {@code sendmmsg}), socket options the JDK does not
 * have, packets with any source address, and what the kernel says about routes, neighbours and interfaces. System calls go
 * through jnr-ffi; buffers are direct and reused, so that no call allocates.
 *
 * <pre>
 *   {@link org.ipspipeline.loadgen.net.NativeSocket}  one descriptor, its options
 *        |  sends and receives
 *   {@link org.ipspipeline.loadgen.net.MessageBatch}  up to a few hundred datagrams in one buffer
 *        |  laid out by
 *   {@link org.ipspipeline.loadgen.net.MessageLayout} struct mmsghdr and what it points to
 * </pre>
 *
 * <p>Of the project the package uses {@code ips.address} alone.
 */
@NullMarked
package org.ipspipeline.loadgen.net;

import org.jspecify.annotations.NullMarked;
