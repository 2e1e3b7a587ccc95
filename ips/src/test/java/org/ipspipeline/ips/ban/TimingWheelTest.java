package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The wheel beside a map of deadlines that is searched through. */
final class TimingWheelTest {

    private static final long TICK = 1L << TimingWheel.TICK_SHIFT;
    private static final int TIMERS = 12;

    record Step(int timer, long ahead, boolean cancel, long advance) {}

    @Property(tries = 500)
    void firesExactlyWhatIsDue(@ForAll("steps") List<Step> steps, @ForAll long origin) {
        long start = origin >> 8;
        TimingWheel wheel = new TimingWheel(start);
        Map<Integer, Long> model = new HashMap<>();
        long now = start;
        for (Step step : steps) {
            if (step.cancel) {
                wheel.cancel(step.timer);
                model.remove(step.timer);
            } else {
                wheel.set(step.timer, now + step.ahead);
                model.put(step.timer, now + step.ahead);
            }
            now += step.advance;
            List<Integer> fired = new ArrayList<>();
            wheel.advance(now, fired::add);
            long time = now;
            assertThat(fired).doesNotHaveDuplicates().allSatisfy(timer -> {
                Long deadline = model.remove(timer);
                assertThat(deadline)
                        .as("deadline of timer %d", timer)
                        .isNotNull()
                        .isLessThanOrEqualTo(time);
            });
            // What is due for a whole tick or more has fired.
            assertThat(model.values())
                    .allSatisfy(deadline -> assertThat(deadline).isGreaterThan(time - 2 * TICK));
            assertThat(wheel.size()).isEqualTo(model.size());
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> span = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 300 * TICK),
                Arbitraries.longs().between(0, 70_000 * TICK),
                Arbitraries.longs().between(0, 400_000 * TICK));
        return Combinators.combine(
                        Arbitraries.integers().between(0, TIMERS - 1),
                        span,
                        Arbitraries.integers().between(0, 5).map(i -> i == 0),
                        span.map(s -> s / 3))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Test
    void aTimerOfTheLastLevelFiresOnTime() {
        long deadline = TimeUnit.HOURS.toNanos(40) + 1;
        TimingWheel wheel = new TimingWheel(0);
        wheel.set(3, deadline);
        List<Integer> fired = new ArrayList<>();
        wheel.advance(deadline - 1, fired::add);
        assertThat(fired).isEmpty();
        wheel.advance(deadline + TICK, fired::add);
        assertThat(fired).containsExactly(3);
    }

    @Test
    void timersCanBeSetAndCancelledWhileOthersFire() {
        TimingWheel wheel = new TimingWheel(0);
        wheel.set(0, TICK);
        wheel.set(1, TICK);
        wheel.set(2, 5 * TICK);
        List<Integer> fired = new ArrayList<>();
        wheel.advance(TICK, timer -> {
            fired.add(timer);
            wheel.cancel(1);
            wheel.cancel(2);
            wheel.set(3_000_000, 3 * TICK);
        });
        wheel.advance(10 * TICK, fired::add);
        assertThat(fired).containsExactly(0, 3_000_000);
        assertThat(wheel.size()).isZero();
    }
}
