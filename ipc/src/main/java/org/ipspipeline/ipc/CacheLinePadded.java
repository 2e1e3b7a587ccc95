package org.ipspipeline.ipc;

/**
 * Keeps the fields of a subclass 128 bytes away from the object before it on the heap, so that two threads' writers or
 * readers, which are often allocated one after the other, do not share cache lines.
 */
@SuppressWarnings("unused")
abstract class CacheLinePadded {
    private long p00, p01, p02, p03, p04, p05, p06, p07;
    private long p10, p11, p12, p13, p14, p15, p16, p17;

    CacheLinePadded() {}
}
