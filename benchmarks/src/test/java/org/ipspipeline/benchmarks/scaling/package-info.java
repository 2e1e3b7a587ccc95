/** Tests of what is measured at several numbers. */
@NullMarked
package org.ipspipeline.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
