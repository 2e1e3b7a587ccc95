/** A shared-memory ring that carries lines from the threads of writing processes to any number of reading processes. */
@NullMarked
package org.ipspipeline.ipc;

import org.jspecify.annotations.NullMarked;
