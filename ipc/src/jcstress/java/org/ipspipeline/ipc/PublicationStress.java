package org.ipspipeline.ipc;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two lines that are published together are seen together and whole, or not at all. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not published yet")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "one without the other, or torn")
@State
public class PublicationStress {

    private final PrivateRing ring = new PrivateRing(true, false, 256);
    private final SegmentWriter writer = ring.claim();
    private final RingReader reader = ring.reader();
    private final LineBuffer lines = LineBuffer.ofLines(4, PrivateRing.LINE_SIZE);
    private final byte[] line = new byte[PrivateRing.LINE_SIZE];

    public PublicationStress() {
        PrivateRing.join(reader, StartPosition.OLDEST);
    }

    @Actor
    public void write() {
        PrivateRing.stage(writer, line, 1);
        PrivateRing.stage(writer, line, 2);
        writer.publish();
    }

    @Actor
    public void read(II_Result result) {
        final int count = reader.segment(0).read(lines, 4);
        result.r1 = count > 0 ? PrivateRing.number(lines, 0) : 0;
        result.r2 = count > 1 ? PrivateRing.number(lines, 1) : 0;
    }
}
