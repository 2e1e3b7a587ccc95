package org.ipspipeline.ipc;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A writer overwrites a tiny ring twice over while it is read: no line is torn, and every one is delivered or counted. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "all lines accounted for, none wrong")
@Outcome(expect = Expect.FORBIDDEN, desc = "a torn line, a wrong one, or one unaccounted for")
@State
public class OverwriteFixedStress {

    private static final int LINES = 12;

    private final PrivateRing ring = new PrivateRing(false, true, 4);
    private final SegmentWriter writer = ring.claim();
    private final RingReader reader = ring.reader();
    private final LineBuffer lines = LineBuffer.ofLines(LINES, PrivateRing.LINE_SIZE);
    private final byte[] line = new byte[PrivateRing.LINE_SIZE];
    private int next = 1;
    private int wrong;

    public OverwriteFixedStress() {
        PrivateRing.join(reader, StartPosition.OLDEST);
    }

    private void readOnce() {
        lines.clear();
        final int count = reader.segment(0).read(lines, LINES);
        next += (int) lines.lost();
        for (int i = 0; i < count; i++) {
            wrong += PrivateRing.number(lines, i) == next ? 0 : 1;
            next++;
        }
    }

    @Actor
    public void write() {
        for (int i = 1; i <= LINES; i++) {
            PrivateRing.stage(writer, line, i);
            writer.publish();
        }
    }

    @Actor
    public void read() {
        for (int i = 0; i < LINES; i++) {
            readOnce();
        }
    }

    @Arbiter
    public void account(II_Result result) {
        while (reader.segment(0).hasLines()) {
            readOnce();
        }
        result.r1 = wrong;
        result.r2 = LINES + 1 - next;
    }
}
