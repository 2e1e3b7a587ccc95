/**
 * Which stages share a thread, how many threads there are, and which segments each is home to. A declaration is logical: a graph
 * of stages. Its topology is physical: {@linkplain org.ipspipeline.pipeline.topology.StageGroup groups} of stages that run in
 * one thread each.
 *
 * <pre>
 *   declared   parse --> match --+--> count --+--> ban
 *                                +--> store --+
 *
 *   fused      [source parse match count store ban]
 *   staged     [source] [parse] [match] [count] [store] [ban]
 *   fuse("source", "parse", "match")
 *              [source parse match] [count] [store] [ban]
 * </pre>
 *
 * Uses no other package.
 */
@NullMarked
package org.ipspipeline.pipeline.topology;

import org.jspecify.annotations.NullMarked;
