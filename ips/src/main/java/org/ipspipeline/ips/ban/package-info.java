/**
 * From the failure that reaches the limit to the end of the ban.
 *
 * <pre>
 *   worker: {@link org.ipspipeline.ips.ban.BanWorker} --count--> failure table
 *             |  \--at the end of a block--> immediate enforcers
 *             +--notices (bounded ring)--> {@link org.ipspipeline.ips.ban.BanKeeper}: table of bans, timing wheel
 *                                            |  \--> other enforcers, sweeps, unbans
 *                                            +--> {@link org.ipspipeline.ips.ban.BanListener}s: store, log
 * </pre>
 *
 * <p>Uses {@code address}, {@code count} and {@code enforce}.
 */
@NullMarked
package org.ipspipeline.ips.ban;

import org.jspecify.annotations.NullMarked;
