/**
 * {@code scan}: what a set of patterns finds in files, without banning anybody.
 *
 * <pre>
 *   files, standard input --lines--&gt; LineBlock --BlockMatcher--&gt; failures --&gt; AddressTally, verdicts
 * </pre>
 *
 * <p>Uses {@code match}, {@code source}, {@code line} and {@code address}.
 */
@NullMarked
package org.ipspipeline.ips.scan;

import org.jspecify.annotations.NullMarked;
