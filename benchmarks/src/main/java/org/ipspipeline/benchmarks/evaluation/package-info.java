/**
 * The evaluation: every experiment of the thesis with real processes, on this machine, beside fail2ban.
 *
 * <pre>
 *   {@link org.ipspipeline.benchmarks.evaluation.Matrix}       which experiments there are
 *   {@link org.ipspipeline.benchmarks.evaluation.Calibration}  what sender and server can do alone: the rates scale with it
 *        |
 *   {@link org.ipspipeline.benchmarks.evaluation.ExperimentRun}  network, server, daemon or fail2ban, attackers; sampled from outside
 *        |
 *   result: samples, figures, the directory          report: the page with the plots
 * </pre>
 *
 * <p>May use {@code result}, {@code report}, {@code comparison}, and the modules to the left.
 */
@NullMarked
package org.ipspipeline.benchmarks.evaluation;

import org.jspecify.annotations.NullMarked;
