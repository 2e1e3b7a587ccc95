/**
 * {@code bench scaling}: how throughput and cost grow with the number of segments, readers, workers, addresses and patterns, with a
 * plot of each. Uses {@code comparison}, {@code parts}, the report's plots, and the modules to the left.
 */
@NullMarked
package org.ipspipeline.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
