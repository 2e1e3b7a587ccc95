package org.ipspipeline.loadgen.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

    @Property
    void aThreadThatSendsWhatIsDueHoldsItsRate(
            @ForAll @DoubleRange(min = 1, max = 1e7) double pps,
            @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = 0, max = 0.09) Double> pauses) {
        Schedule schedule = new Schedule(RateProfile.constant(pps), 1);
        double now = 0;
        long sent = 0;
        for (double pause : pauses) {
            now += pause;
            sent += Math.max(0, schedule.due(now, sent));
            assertThat((double) sent).isBetween(pps * now - 1.01, pps * now + 1e-6 * pps);
        }
    }

    @Test
    void aStallIsMadeUpForByATenthOfASecondAtMost() {
        Schedule schedule = new Schedule(RateProfile.constant(1000), 1);
        assertThat(schedule.due(10, 0)).isEqualTo(100);
        assertThat(schedule.due(10, 100)).isZero();
        assertThat(schedule.due(10.01, 100)).isBetween(9L, 10L);
    }

    @Test
    void threadsShareTheRate() {
        assertThat(new Schedule(RateProfile.constant(1000), 0.25).due(0.05, 0)).isEqualTo(12);
    }
}
