/**
 * {@code bench ipc}: the ring beside the other ways in which a line gets from one process to another.
 *
 * <pre>
 *   IpcComparison --starts--&gt; ipc_peer (C): a writer and 1, 2 or 4 readers, one mechanism --figures--&gt; IpcComparison
 *                 --starts--&gt; IpcPeer (Java): the same for our ring from Java, and JeroMQ --figures--&gt;
 * </pre>
 *
 * Uses {@code ipc} and the package {@code comparison}.
 */
@NullMarked
package org.ipspipeline.benchmarks.ipc;

import org.jspecify.annotations.NullMarked;
