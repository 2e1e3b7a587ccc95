/**
 * {@code ips-pipeline ring}: makes rings, looks into live ones, and carries lines in and out of them by hand.
 *
 * <pre>
 *   stdin --&gt; write --&gt; ring --&gt; tail --&gt; stdout or a file
 *              create, remove     stat, repair
 * </pre>
 *
 * Uses the package {@code command} for what all commands share, and {@code ipc}.
 */
@NullMarked
package org.ipspipeline.ips.command.ring;

import org.jspecify.annotations.NullMarked;
