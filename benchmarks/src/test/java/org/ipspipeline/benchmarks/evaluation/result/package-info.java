/** Tests of the evaluation. */
@NullMarked
package org.ipspipeline.benchmarks.evaluation.result;

import org.jspecify.annotations.NullMarked;
