/** What a worker does while there is nothing to do. Uses no other package. */
@NullMarked
package org.ipspipeline.pipeline.idle;

import org.jspecify.annotations.NullMarked;
