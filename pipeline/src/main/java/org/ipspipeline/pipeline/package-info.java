/**
 * Declares pipelines over many sources and runs them on Disruptor, one ring a source, on pinned workers that help each other.
 *
 * <pre>
 *   Source 0 --> ring 0 --> parse --> match --> count --> ban
 *   Source 1 --> ring 1 --> parse --> match --> count --> ban
 *   ...                       ^ workers: each at home at some of the rings, stealing from the others when those are empty
 * </pre>
 *
 * {@link org.ipspipeline.pipeline.Pipeline#named} begins a declaration. This package is the language of declarations; it uses all
 * others of the module: {@code stage} has what an application implements, {@code topology} decides on threads, {@code
 * engine} runs them.
 */
@NullMarked
package org.ipspipeline.pipeline;

import org.jspecify.annotations.NullMarked;
