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
 * <p>A jail with an ignore command has its clients looked at by {@code BanReviewer} in between, on a thread of its own.
 *
 * <p>Uses {@code address}, {@code count}, {@code enforce} and its own subpackage.
 */
@NullMarked
package org.ipspipeline.ips.ban;

import org.jspecify.annotations.NullMarked;
