package org.ipspipeline.ips.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTest {

    @ParameterizedTest
    @CsvSource({
        "600, 600",
        "10m, 600",
        "10 minutes, 600",
        "1d 12h, 129600",
        "1d12h, 129600",
        "1h+30min, 5400",
        "1year-6mo, 15778800",
        "2*1week, 1209600",
        "(1h + 1m) * 2, 7320",
        "-1, -1",
        "1.5h, 5400",
        "60*60*24, 86400",
        "1W, 604800",
    })
    void readsSpans(String text, double seconds) {
        assertThat(TimeExpression.seconds(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "10x", "1h)", "(1h", "1 +", "10m; rm"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> TimeExpression.seconds(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no span of time");
    }
}
