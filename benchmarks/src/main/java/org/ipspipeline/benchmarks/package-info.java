/** Side-by-side measurements, and the command line put together. */
@NullMarked
package org.ipspipeline.benchmarks;

import org.jspecify.annotations.NullMarked;
