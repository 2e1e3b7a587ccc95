package org.ipspipeline.ipc;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads of a process read the same segment: every line goes to one of them, and to one only. */
@JCStressTest
@Outcome(id = "6, 63", expect = Expect.ACCEPTABLE, desc = "each line once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a line twice, or not at all")
@State
public class SharedSegmentStress {

    private static final int LINES = 6;

    private final PrivateRing ring = new PrivateRing(false, false, 8);
    private final SegmentWriter writer = ring.claim();
    private final RingReader reader = ring.reader();
    private final LineBuffer ofFirst = LineBuffer.ofLines(LINES, PrivateRing.LINE_SIZE);
    private final LineBuffer ofSecond = LineBuffer.ofLines(LINES, PrivateRing.LINE_SIZE);

    public SharedSegmentStress() {
        PrivateRing.join(reader, StartPosition.OLDEST);
        final byte[] line = new byte[PrivateRing.LINE_SIZE];
        for (int i = 0; i < LINES; i++) {
            PrivateRing.stage(writer, line, i);
        }
        writer.publish();
    }

    private void readTo(LineBuffer lines) {
        reader.segment(0).read(lines, 2);
        reader.segment(0).read(lines, 1);
    }

    @Actor
    public void first() {
        readTo(ofFirst);
    }

    @Actor
    public void second() {
        readTo(ofSecond);
    }

    @Arbiter
    public void account(II_Result result) {
        result.r1 = ofFirst.count() + ofSecond.count();
        for (LineBuffer lines : new LineBuffer[] {ofFirst, ofSecond}) {
            for (int i = 0; i < lines.count(); i++) {
                result.r2 |= 1 << PrivateRing.number(lines, i);
            }
        }
    }
}
