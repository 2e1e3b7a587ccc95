/**
 * System calls from Java: bpf(2) with its maps, programs and links, network namespaces, mounts. Nothing here knows what a
 * ban is.
 *
 * <pre>
 *   BpfMap  BpfProgram  BpfLink  BpfFileSystem      NetworkNamespace  NetworkInterfaces
 *      \        |         /          |                     |             |
 *       Bpf (one method a command)   |                     |             |
 *          \                         |                     |             |
 *           Kernel: jnr-ffi -- syscall(2), errno -&gt; KernelException ----+
 * </pre>
 *
 * Uses jnr-ffi and no other package of this project.
 */
@NullMarked
package org.ipspipeline.bpf.kernel;

import org.jspecify.annotations.NullMarked;
