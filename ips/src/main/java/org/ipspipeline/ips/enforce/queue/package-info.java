/**
 * Slow ways of enforcement, kept from delaying anybody: a bounded queue and a thread stand before each.
 *
 * <pre>
 *   keeper --{@link org.ipspipeline.ips.enforce.queue.QueuedEnforcer}: bounded ring--> thread --batches--> {@link org.ipspipeline.ips.enforce.queue.Backend}
 * </pre>
 */
@NullMarked
package org.ipspipeline.ips.enforce.queue;

import org.jspecify.annotations.NullMarked;
