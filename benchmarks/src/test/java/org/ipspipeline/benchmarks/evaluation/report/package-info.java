/** Tests of the evaluation. */
@NullMarked
package org.ipspipeline.benchmarks.evaluation.report;

import org.jspecify.annotations.NullMarked;
