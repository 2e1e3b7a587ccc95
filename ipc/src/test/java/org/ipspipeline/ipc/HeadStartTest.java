package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStartTest {

    private static final long CAPACITY = 1024;

    private final HeadStart headStart = new HeadStart(CAPACITY);
    private final RecordReader slots = new FixedRecordReader(new FixedSlots(8, CAPACITY));

    @Test
    void isNothingUntilACopyWasOverrun() {
        headStart.whole();
        assertThat(headStart.distance()).isZero();
    }

    @Test
    void isTwiceWhatTheWriterCameAheadAndGrowsWhileThatIsTooLittle() {
        headStart.overrun(100);
        assertThat(headStart.distance()).isEqualTo(200);
        headStart.overrun(1);
        assertThat(headStart.distance()).isEqualTo(400);
    }

    @Test
    void isHalfASegmentAtMostAndGoesBackToNothing() {
        headStart.overrun(Long.MAX_VALUE / 4);
        assertThat(headStart.distance()).isEqualTo(CAPACITY / 2);
        for (int i = 0; i < 100; i++) {
            headStart.whole();
        }
        assertThat(headStart.distance()).isZero();
    }

    @Test
    void leadsNeitherBeyondTheTailNorBehindTheOldestLine() {
        assertThat(slots.resume(50, 200, 1000)).isEqualTo(250);
        assertThat(slots.resume(50, 200, 100)).isEqualTo(100);
        assertThat(slots.resume(50, 200, 40)).isEqualTo(50);
    }
}
