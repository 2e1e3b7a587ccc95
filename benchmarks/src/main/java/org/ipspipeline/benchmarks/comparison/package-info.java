/**
 * Side-by-side measurement: contenders of one measure run interleaved, round by round, in one run; a table and a JSON
 * object show medians, and ratios that say how many times better ours is.
 *
 * <pre>
 *   Comparison --rows--&gt; Report --&gt; table, JSON
 *       |
 *       +-- Contest: round 1: A B C, round 2: B C A, ... --&gt; medians of values and of the ratios of a round
 * </pre>
 *
 * Knows nothing of what is measured: the packages beside it hold the comparisons and use this one.
 */
@NullMarked
package org.ipspipeline.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
