package org.ipspipeline.ipc;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader joins a lossless ring that nobody read, whose writer gives up its oldest lines at that moment: from the line
 * it starts at, the reader gets every one that is accepted.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "every line from the first on")
@Outcome(expect = Expect.FORBIDDEN, desc = "a line lost, torn or out of order after the join")
@State
public class JoinStress {

    private static final int BEFORE = 4;
    private static final int LINES = 12;

    private final PrivateRing ring = new PrivateRing(false, false, 4);
    private final SegmentWriter writer = ring.claim();
    private final RingReader reader = ring.reader();
    private final LineBuffer lines = LineBuffer.ofLines(LINES, PrivateRing.LINE_SIZE);
    private final byte[] line = new byte[PrivateRing.LINE_SIZE];
    private int written;
    private int first;
    private int next;
    private int wrong;

    public JoinStress() {
        for (int i = 0; i < BEFORE; i++) {
            writeOne();
        }
    }

    private void writeOne() {
        if (PrivateRing.stage(writer, line, written + 1) == 1) {
            writer.publish();
            written++;
        }
    }

    private void readOnce() {
        lines.clear();
        final int count = reader.segment(0).read(lines, LINES);
        wrong += (int) lines.lost();
        for (int i = 0; i < count; i++) {
            final int number = PrivateRing.number(lines, i);
            if (first == 0) {
                first = number;
                next = number;
            }
            wrong += number == next ? 0 : 1;
            next++;
        }
    }

    @Actor
    public void write() {
        for (int i = BEFORE; i < LINES; i++) {
            writeOne();
        }
    }

    @Actor
    public void read() {
        PrivateRing.join(reader, StartPosition.OLDEST);
        readOnce();
        readOnce();
    }

    @Arbiter
    public void account(II_Result result) {
        while (reader.segment(0).hasLines()) {
            readOnce();
        }
        result.r1 = wrong;
        result.r2 = first == 0 ? 0 : written + 1 - next;
    }
}
