package org.ipspipeline.ipc;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A writer overwrites a tiny ring twice over while it is read: no line is torn, and every one is delivered or counted. */
public final class OverwriteStress {

    private static final int LINES = 12;

    private OverwriteStress() {}

    /** Four slots of one size. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "all lines accounted for, none wrong")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a torn line, a wrong one, or one unaccounted for")
    @State
    public static class Fixed {

        private final OverwrittenRing ring = new OverwrittenRing(false, 4);

        @Actor
        public void write() {
            ring.write();
        }

        @Actor
        public void read() {
            ring.read();
        }

        @Arbiter
        public void account(II_Result result) {
            ring.account(result);
        }
    }

    /** Room for four records. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "all lines accounted for, none wrong")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a torn line, a wrong one, or one unaccounted for")
    @State
    public static class Variable {

        private final OverwrittenRing ring = new OverwrittenRing(true, 128);

        @Actor
        public void write() {
            ring.write();
        }

        @Actor
        public void read() {
            ring.read();
        }

        @Arbiter
        public void account(II_Result result) {
            ring.account(result);
        }
    }

    private static final class OverwrittenRing {

        private final SegmentWriter writer;
        private final RingReader reader;
        private final LineBuffer lines = LineBuffer.ofLines(LINES, PrivateRing.LINE_SIZE);
        private final byte[] line = new byte[PrivateRing.LINE_SIZE];
        private int next = 1;
        private int wrong;

        private OverwrittenRing(boolean variable, long capacity) {
            final PrivateRing ring = new PrivateRing(variable, true, capacity);
            writer = ring.claim();
            reader = ring.reader();
            PrivateRing.join(reader, StartPosition.OLDEST);
        }

        private void write() {
            for (int i = 1; i <= LINES; i++) {
                PrivateRing.stage(writer, line, i);
                writer.publish();
            }
        }

        private void read() {
            for (int i = 0; i < LINES; i++) {
                readOnce();
            }
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

        private void account(II_Result result) {
            while (reader.segment(0).hasLines()) {
                readOnce();
            }
            result.r1 = wrong;
            result.r2 = LINES + 1 - next;
        }
    }
}
