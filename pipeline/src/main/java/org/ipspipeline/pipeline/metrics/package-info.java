/**
 * What a pipeline measures about itself: recorded by its workers without allocation, lock or contention, read by anybody as a
 * {@linkplain org.ipspipeline.pipeline.metrics.PipelineSnapshot snapshot}. Uses no other package.
 */
@NullMarked
package org.ipspipeline.pipeline.metrics;

import org.jspecify.annotations.NullMarked;
