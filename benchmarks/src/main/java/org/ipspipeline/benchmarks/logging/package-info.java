/**
 * {@code bench logging}: what writing a log line costs a server in system calls, counted by strace. Uses {@code comparison}, and of
 * the modules to the left the target server.
 */
@NullMarked
package org.ipspipeline.benchmarks.logging;

import org.jspecify.annotations.NullMarked;
