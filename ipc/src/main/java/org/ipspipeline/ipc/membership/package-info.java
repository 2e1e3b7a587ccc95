/**
 * Who is attached to a ring, as the kernel knows it: record locks on one file, which are dropped when their process
 * ends, however it ends. Uses {@code layout} for the meaning of the bytes.
 */
@NullMarked
package org.ipspipeline.ipc.membership;

import org.jspecify.annotations.NullMarked;
