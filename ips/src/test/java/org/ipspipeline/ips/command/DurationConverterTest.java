package org.ipspipeline.ips.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class DurationConverterTest {

    private final DurationConverter converter = new DurationConverter();

    @Test
    void unitsAreMillisecondsToDaysAndSecondsWithoutOne() {
        assertThat(converter.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(converter.convert("20")).isEqualTo(Duration.ofSeconds(20));
        assertThat(converter.convert("1.5h")).isEqualTo(Duration.ofMinutes(90));
        assertThat(converter.convert("7d")).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "10 weeks", "1e9", "9999999999d"})
    void anythingElseIsNamed(String value) {
        assertThatThrownBy(() -> converter.convert(value))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + value + "'");
    }
}
