/**
 * Lines on their way through the program: a block of them, and the failures that matching found in it.
 *
 * <pre>
 *   source --lines--&gt; LineBlock --matching--&gt; LineBlock + failures --counting, banning--&gt; cleared, used again
 * </pre>
 *
 * The package uses {@code ipc} for the lines themselves.
 */
@NullMarked
package org.ipspipeline.ips.line;

import org.jspecify.annotations.NullMarked;
