/**
 * Ways to read a file at a position, all behind {@link org.ipspipeline.ips.source.reading.ReadableFile}: a read call for
 * each block, a mapping, an io_uring. Knows nothing of lines; uses nothing of the other source packages but the kernel's calls.
 */
@NullMarked
package org.ipspipeline.ips.source.reading;

import org.jspecify.annotations.NullMarked;
