/** Tests of what the ring promises. */
@NullMarked
package org.ipspipeline.ipc;

import org.jspecify.annotations.NullMarked;
