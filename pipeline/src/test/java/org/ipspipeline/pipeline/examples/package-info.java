/**
 * Whole applications of the pipeline in a page each, compiled and run by the tests.
 *
 * <pre>
 *   WordCount   file --> split --> count                      fused, any number of files, workers that steal
 *   TwoSinks    ticks --> check --+--> store                  staged: two sinks, each at its own pace
 *                                 +--> alert
 *   Checksums   blocks --> hash (pooled) --> write (in order) a slow step on several threads between two in order
 * </pre>
 */
@NullMarked
package org.ipspipeline.pipeline.examples;

import org.jspecify.annotations.NullMarked;
