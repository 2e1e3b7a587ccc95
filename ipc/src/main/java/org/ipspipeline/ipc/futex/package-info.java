/**
 * Sleeping on a word of shared memory until another process wakes it. Needs jnr-ffi on the class path and Linux; without
 * them {@link org.ipspipeline.ipc.futex.Futex#available} is empty. Uses no other package of the library.
 */
@NullMarked
package org.ipspipeline.ipc.futex;

import org.jspecify.annotations.NullMarked;
