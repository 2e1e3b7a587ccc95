/**
 * Jails at work: a jail's configuration, compiled; which sources it reads; and the judging of their lines by the filters of
 * all jails that read them.
 *
 * <pre>
 *   Jail (as written) --JailSet--> ActiveJail: filter, policy, meter
 *                                      |
 *   SourceKey --JailSources--> FilterFeed: a line source and a FilterJudge: one scan for the filters of its jails
 * </pre>
 *
 * <p>Uses {@code configuration}, {@code filter}, {@code ban}, {@code count}, {@code enforce}, {@code source}, {@code line} and {@code match}.
 */
@NullMarked
package org.ipspipeline.ips.jail;

import org.jspecify.annotations.NullMarked;
