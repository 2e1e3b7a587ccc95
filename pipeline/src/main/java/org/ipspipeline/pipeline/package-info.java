/** Declares and runs staged pipelines, one Disruptor a source, on pinned workers. */
@NullMarked
package org.ipspipeline.pipeline;

import org.jspecify.annotations.NullMarked;
