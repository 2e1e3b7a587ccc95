/**
 * Lines from a shared-memory ring, one {@link org.ipspipeline.ips.source.LineSource} a segment. The sources of a ring share one
 * attachment and one reader slot, and outlive both: a reader that was evicted joins again, a ring that was made anew is
 * attached again.
 */
@NullMarked
package org.ipspipeline.ips.source.ring;

import org.jspecify.annotations.NullMarked;
