/**
 * What the pipeline's generality costs and what its stealing gains: declared pipelines beside the same topologies written by
 * hand on Disruptor, skewed and even load, layouts, allocation.
 */
@NullMarked
package org.ipspipeline.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
