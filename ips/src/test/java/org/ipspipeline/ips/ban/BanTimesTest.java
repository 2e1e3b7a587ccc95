package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.ipspipeline.ips.configuration.BanTime;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.testing.Machine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BanTimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                BanFormula.DEFAULT,
                "ban.Time * math.exp(float(ban.Count+1)*banFactor)/math.exp(1*banFactor)",
                "ban.Time * (2 if ban.Count > 1 and not ban.Count == 3 else 1) ** 2",
                "-ban.Count ** 2 + 100 // 7 * 3 % 5 - -1",
                "max(ban.Time, 3600, min(7, ban.Count)) + int(2.7) + round(2.5) + abs(-3) + math.sqrt(16)",
                "ban.Time + 1 << ban.Count >> 1",
                "(ban.Count or 5) * (ban.Count and 7)",
                "ban.Time if ban.Count <= 2 else ban.Time * 2 if ban.Count <= 4 else 86400"
            })
    void aFormulaIsWorthWhatPythonMakesOfIt(String formula) throws Exception {
        Machine.needsPrograms("python3");
        for (int count = 0; count <= 25; count += 5) {
            double ours = BanFormula.parse(formula).seconds(600, count, 1.5);
            assertThat(ours)
                    .as("%s with %d", formula, count)
                    .isCloseTo(python(formula, count), within(1e-6 * Math.abs(ours)));
        }
    }

    private static double python(String formula, int count) throws IOException {
        String program = "import math\nclass ban: Time = 600; Count = " + count + "\nbanFactor = 1.5\nprint(float("
                + formula.replace("ban.Time + 1 <<", "int(ban.Time) + 1 <<") + "))";
        Process python = new ProcessBuilder("python3", "-c", program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return Double.parseDouble(new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ban.Time *",
                "ban.time",
                "1 if 2",
                "os.system(1)",
                "(1",
                "1 1",
                "min(1)",
                "math.exp(1,2)",
                "1.2.3"
            })
    void aFormulaThatIsNoneIsRefusedWithItsPlace(String formula) {
        assertThatThrownBy(() -> BanFormula.parse(formula))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)bantime.formula: character \\d+: expected .* in: .*");
    }

    @Test
    void withoutAFormulaEachBanIsTwiceAsLong() {
        assertThat(seconds(times(1, null, List.of(), -1, 0), 0, 1, 2, 3, 20, 21))
                .containsExactly(600, 1200, 2400, 4800, 600L << 20, 600L << 20);
    }

    @Test
    void theFactorTheMultipliersAndTheLimitCount() {
        assertThat(seconds(times(2, null, List.of(), -1, 0), 0, 1)).containsExactly(600, 2400);
        assertThat(seconds(times(1, null, List.of(1.0, 5.0, 30.0), -1, 0), 0, 1, 2, 9))
                .containsExactly(600, 3000, 18_000, 18_000);
        assertThat(seconds(times(1, null, List.of(), 2000, 0), 1, 2)).containsExactly(1200, 2000);
        assertThat(seconds(times(1, "ban.Time / 2", List.of(), -1, 0), 1)).containsExactly(600);
    }

    @Test
    void chanceAddsUpToTheRandomTime() {
        BanTimes times = times(1, null, List.of(), 2000, 100);
        assertThat(times.nanos(5, 0)).isEqualTo(TimeUnit.SECONDS.toNanos(2000));
        assertThat(times.nanos(5, 0.5)).isEqualTo(TimeUnit.SECONDS.toNanos(2050));
    }

    @Test
    void aBanForEverAndOneBeyondAllBoundsHaveNoEnd() {
        BanTime forEver = new BanTime(-1, true, 1, null, List.of(), -1, 0, false);
        assertThat(BanTimes.of(forEver).nanos(3, 0)).isEqualTo(FailureRule.FOREVER);
        assertThat(times(1, "ban.Time ** 9", List.of(), -1, 0).nanos(3, 0)).isEqualTo(FailureRule.FOREVER);
    }

    @Test
    void failuresOfKnownAttackersWeighMore() {
        assertThat(BanTimes.weight(1, 10)).isEqualTo(2);
        assertThat(BanTimes.weight(2, 10)).isEqualTo(3);
        assertThat(BanTimes.weight(3, 10)).isEqualTo(5);
        assertThat(BanTimes.weight(30, 10)).isEqualTo(10);
    }

    private static BanTimes times(
            double factor, @Nullable String formula, List<Double> multipliers, long max, long random) {
        return BanTimes.of(new BanTime(600, true, factor, formula, multipliers, max, random, false));
    }

    private static long[] seconds(BanTimes times, int... earlier) {
        return LongStream.range(0, earlier.length)
                .map(i -> TimeUnit.NANOSECONDS.toSeconds(times.nanos(earlier[(int) i], 0)))
                .toArray();
    }
}
