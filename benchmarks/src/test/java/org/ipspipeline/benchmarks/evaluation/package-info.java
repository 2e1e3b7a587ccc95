/** Tests of the evaluation. */
@NullMarked
package org.ipspipeline.benchmarks.evaluation;

import org.jspecify.annotations.NullMarked;
