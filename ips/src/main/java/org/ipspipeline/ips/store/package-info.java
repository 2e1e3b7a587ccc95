/**
 * Bans that survive the daemon: an SQLite database that is written behind the keeper's back, in batches.
 *
 * <pre>
 *   keeper --{@link org.ipspipeline.ips.store.BanStore} (a listener): bounded queue--> thread --a transaction every 50 ms--> database
 *   database --at the start: {@link org.ipspipeline.ips.store.StoredBan}s--> keeper, in one batch
 * </pre>
 *
 * <p>Uses {@code address} and {@code ban}.
 */
@NullMarked
package org.ipspipeline.ips.store;

import org.jspecify.annotations.NullMarked;
