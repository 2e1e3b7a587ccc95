/**
 * Declares pipelines over many sources and runs them on Disruptor, one ring a source, on pinned workers that help each other.
 *
 * <p>{@link org.ipspipeline.pipeline.Pipeline#named} begins a declaration. What is declared is a graph of stages; how many threads run
 * it is decided apart from that, so that the same declaration suits two cores and thirty-two:
 *
 * <pre>
 *   .stage("parse", ..).stage("match", ..).stage("count", ..).stage("ban", ..)
 *
 *   fused     source 0 --> ring 0 --> [poll parse match count ban]  worker 0, at home at sources 0 and 1
 *             source 1 --> ring 1 --> [         "                ]
 *             source 2 --> ring 2 --> [poll parse match count ban]  worker 1, at home at sources 2 and 3
 *             source 3 --> ring 3 --> [         "                ]
 *             stealing(true): a worker whose rings are empty takes batches from the others'
 *
 *   staged    source 0 --> [poll] --> ring 0 --> [parse] --> [match] --> [count] --> [ban]     a thread each
 *
 *   divided   source 0 --> [poll parse match] --> ring 0 --> [count ban]                       fuse("source", "parse", "match")
 *
 *   .stage("parse", ..).fork(a -> a.stage("count", ..), b -> b.stage("store", ..)).stage("ban", ..)
 *
 *   diamond   source 0 --> [poll] --> ring 0 --> [parse] --+--> [count] --+--> [ban]
 *                                                          +--> [store] --+
 *
 *   .stage("hash", ..).pooled(3).stage("write", ..).ordered()
 *
 *   pooled                            +--> [hash] --+
 *             source 0 --> ring 0 ----+--> [hash] --+--> [write], in the source's order
 *                                     +--> [hash] --+
 * </pre>
 *
 * The events lie in the rings from the beginning, are filled by the source, and used again when the last stage has handled them:
 * nothing is allocated for an event, and no lock is taken.
 *
 * <p>This package is the language of declarations and uses all others of the module: {@code stage} has what an application
 * implements, {@code topology} decides on threads, {@code cpu} on CPUs, {@code idle} on waiting, {@code engine} runs them with the
 * protocols of {@code claim} and the meters of {@code metrics}.
 */
@NullMarked
package org.ipspipeline.pipeline;

import org.jspecify.annotations.NullMarked;
