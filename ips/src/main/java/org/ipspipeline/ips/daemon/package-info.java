/**
 * The daemon: sources, patterns, counting and enforcement wired into one pipeline.
 *
 * <pre>
 *   line source (parse) --> match --> count --> ban --> immediate enforcer (XDP, gate)
 *    one Disruptor each      |         |         \
 *                       block matcher  +--BanWorker+--notices--> BanKeeper: ends, listing
 *   all stages of a source in one worker; N workers over M sources; workers may steal
 * </pre>
 *
 * <p>Uses every other package of the module but {@code command}.
 */
@NullMarked
package org.ipspipeline.ips.daemon;

import org.jspecify.annotations.NullMarked;
