package org.ipspipeline.ipc;

import java.lang.invoke.VarHandle;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;

/** Admission to a ring whose oldest lines are overwritten: there is always room, it only has to be announced. */
final class OverwriteAdmission implements Admission {

    private final Segment segment;
    private long oldest;

    OverwriteAdmission(Segment segment) {
        this.segment = segment;
        this.oldest = segment.oldest();
    }

    @Override
    public long grant(long tail, long end) {
        final long target = end - segment.capacity() + segment.format().quantum();
        oldest = segment.format().advance(segment.buffer(), oldest, target, tail);
        final long limit = oldest + segment.capacity();
        Words.putLongRelease(segment.buffer(), SegmentControl.INTENT_OFFSET, limit);
        // A reader that sees any byte written from here on must see this intent after its acquire fence.
        VarHandle.releaseFence();
        return limit;
    }
}
