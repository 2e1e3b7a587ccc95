package org.ipspipeline.pipeline.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdleStrategyTest {

    @Test
    void spinningGivesWayToYieldingWhereCpusAreShared() {
        assertThat(IdleStrategy.spinning().onSharedCpus()).isEqualTo(IdleStrategy.yielding());
        assertThat(IdleStrategy.backingOff().onSharedCpus()).isEqualTo(IdleStrategy.backingOff());
    }

    @Test
    void sleepsTwiceAsLongEachTimeUpToTheBound() {
        BackingOff strategy = new BackingOff(2, 3, 1_000, 7_000);
        assertThat(strategy.sleepNanos(1)).isEqualTo(1_000);
        assertThat(strategy.sleepNanos(2)).isEqualTo(2_000);
        assertThat(strategy.sleepNanos(3)).isEqualTo(4_000);
        assertThat(strategy.sleepNanos(4)).isEqualTo(7_000);
        assertThat(strategy.sleepNanos(Integer.MAX_VALUE)).isEqualTo(7_000);
    }

    @Test
    void neverSleepsLongerThanTheBoundWhateverTheRound() {
        BackingOff strategy = new BackingOff(0, 0, 1, Long.MAX_VALUE);
        for (int round = 1; round < 100; round++) {
            assertThat(strategy.sleepNanos(round)).isPositive();
        }
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        assertThatThrownBy(() -> IdleStrategy.backingOff(1, 1, 0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IdleStrategy.backingOff(1, 1, 5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IdleStrategy.backingOff(-1, 1, 5, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatItDoes() {
        assertThat(IdleStrategy.backingOff()).hasToString("backing off to 1000 us");
        assertThat(IdleStrategy.yielding()).hasToString("yielding");
        assertThat(IdleStrategy.spinning()).hasToString("spinning");
    }
}
