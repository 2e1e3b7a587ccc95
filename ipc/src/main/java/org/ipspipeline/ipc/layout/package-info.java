/**
 * The layout of a ring in shared memory: one descriptor class for each block, with a picture of it, and the arithmetic
 * that places the blocks. Constants and pure functions only; what stands here is the binary interface that
 * {@code ABI.md} gives byte by byte, and a C program shares it. Uses no other package of the library.
 *
 * <pre>
 *   data file                         cursors file                      lock file
 *   +---------------------------+     +---------------------------+     +--------------------------+
 *   | RingHeader, segment table |     | CursorsHeader             |     | LockBytes: one byte of   |
 *   +---------------------------+     +---------------------------+     | record locks a purpose   |
 *   | SegmentControl 0, records |     | ReaderSlot 0 .. n         |     +--------------------------+
 *   +---------------------------+     +---------------------------+
 *   | SegmentControl 1, records |     | sleepers of segment 0 ..  |
 *   +---------------------------+     +---------------------------+
 *   | ...                       |     | ReaderCursor [seg][slot]  |
 *   +---------------------------+     +---------------------------+
 *   written by writers only           written by readers, and by writers that reap
 * </pre>
 */
@NullMarked
package org.ipspipeline.ipc.layout;

import org.jspecify.annotations.NullMarked;
