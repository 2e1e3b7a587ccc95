/** What the kernel says about interfaces. */
@NullMarked
package org.ipspipeline.loadgen.net;

import org.jspecify.annotations.NullMarked;
