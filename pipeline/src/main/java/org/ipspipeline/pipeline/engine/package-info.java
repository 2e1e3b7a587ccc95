/**
 * The machinery that runs a declared pipeline; an application uses {@link org.ipspipeline.pipeline.Pipeline} instead.
 *
 * <pre>
 *               lane (one for each source)
 *   Source --> Inlet --> RingBuffer --> Claim of group 0 --> Claim of group 1 --> ...
 *                ^           ^               ^                    ^
 *                |           +--- gating ----|--------------------+ (the groups that none follows)
 *              Worker of the group that polls, and workers of each group: take a batch, run its stages, release it
 * </pre>
 *
 * Uses the packages {@code stage}, {@code claim}, {@code topology}, {@code cpu}, {@code idle} and {@code metrics}.
 */
@NullMarked
package org.ipspipeline.pipeline.engine;

import org.jspecify.annotations.NullMarked;
