/**
 * Cuts bytes into lines. {@link org.ipspipeline.ips.source.splitting.LineSplitter} finds the newlines of bytes that were read
 * straight into a {@link org.ipspipeline.ipc.LineBuffer}, eight at a time, so that a line is never copied after the kernel
 * gave it. Uses ipc alone.
 */
@NullMarked
package org.ipspipeline.ips.source.splitting;

import org.jspecify.annotations.NullMarked;
