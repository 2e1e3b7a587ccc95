package org.ipspipeline.benchmarks.evaluation.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The figures of a run that can be reckoned by hand. */
final class RunFiguresTest {

    private final RunFigures figures = Runs.tenSeconds("run", "").figures();

    @Test
    void theRelativeDropIsTheThesissFormula() {
        assertThat(figures.cycles()).isEqualTo(2);
        assertThat(figures.undroppable()).isEqualTo(2 * 3 * 200);
        assertThat(figures.relativeDropPercent()).isCloseTo(100 * 8500 / (10_000 - 1200.0), within(1e-9));
        assertThat(figures.dropPercent()).isCloseTo(85, within(1e-9));
    }

    @Test
    void whenNothingCouldHaveBeenDroppedThereIsNoRelativeDrop() {
        RunFigures manyClients = new RunFigures(figures.samples(), 65_534, 3, 5);

        assertThat(manyClients.relativeDropPercent()).isNaN();
    }

    @Test
    void timesToMostAreThoseOfTheFirstAndOfTheLaterBanCycles() {
        // The first packets lie between the samples 0 and 1, and sample 11 is the first with nothing but drops.
        assertThat(figures.secondsToMost()).hasValueCloseTo(1.1, within(1e-9));
        assertThat(figures.secondsToMostAgain()).hasValueCloseTo(0.6, within(1e-9));
    }

    @Test
    void whatReachedTheServerIsAccountedFor() {
        assertThat(figures.messages()).isEqualTo(1500);
        assertThat(figures.unaccounted()).isZero();
        assertThat(figures.lost()).isZero();
        assertThat(figures.cpuMicrosPerMessage()).isCloseTo(300_000 / 1500.0, within(1e-9));
        assertThat(figures.answeredPercent()).isCloseTo(98, within(1e-9));
        assertThat(figures.bansPerSecond()).isCloseTo(200, within(30.0));
    }
}
