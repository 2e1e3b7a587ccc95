/**
 * What an evaluation measured: samples of a run, the figures computed from them, the thesis's figures to stand beside, and the
 * directory that keeps them.
 *
 * <pre>
 *   {@link org.ipspipeline.benchmarks.evaluation.result.Samples}  one line each 100 ms
 *        |
 *   {@link org.ipspipeline.benchmarks.evaluation.result.RunFigures}  relative drop, time to 95 % drop, CPU a message, ...
 *        |
 *   {@link org.ipspipeline.benchmarks.evaluation.result.RunResult} --&gt; {@link org.ipspipeline.benchmarks.evaluation.result.ResultDirectory}
 * </pre>
 *
 * <p>Uses no other package of this module.
 */
@NullMarked
package org.ipspipeline.benchmarks.evaluation.result;

import org.jspecify.annotations.NullMarked;
