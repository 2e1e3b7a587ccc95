/**
 * JMH suites of the parts, and what runs them: a fork for each, its score in the same rows as every comparison's.
 *
 * <pre>
 *   StageBenchmark    parse, match, count, ban: a block of lines, with percentiles
 *   RingBenchmark, MatchingBenchmark, CountingBenchmark, AddressBenchmark, MapUpdateBenchmark: one thing at a time
 * </pre>
 */
@NullMarked
package org.ipspipeline.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
