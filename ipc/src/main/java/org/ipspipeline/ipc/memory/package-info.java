/**
 * Where a ring's bytes live: files that are mapped, on tmpfs, on another file system or on hugetlbfs. Knows nothing of
 * what the bytes mean.
 */
@NullMarked
package org.ipspipeline.ipc.memory;

import org.jspecify.annotations.NullMarked;
