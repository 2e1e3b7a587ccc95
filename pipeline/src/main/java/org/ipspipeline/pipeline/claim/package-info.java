/**
 * How the workers of a group share the events of one ring, so that each is handled once, and how those downstream and the
 * producer know up to where all is done.
 *
 * <pre>
 *   producer --> cursor --barrier--> Claim --take/release--> workers
 *                  ^                   |
 *                  +---- gating ---- progress() ---barrier--> the next group's Claim
 * </pre>
 *
 * Uses Disruptor's sequences and barriers, and no other package of the pipeline.
 */
@NullMarked
package org.ipspipeline.pipeline.claim;

import org.jspecify.annotations.NullMarked;
