package org.ipspipeline.ips.jail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ipspipeline.ips.source.file.LineDate;
import org.junit.jupiter.api.Test;

final class LogDatesTest {

    private final LogDates dates = LogDates.standard();

    private long millis(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return dates.millis(bytes, bytes.length);
    }

    @Test
    void findsTheDatesThatFiltersFind() {
        long moment = Instant.parse("2026-01-02T03:04:05Z").toEpochMilli();
        assertThat(millis("2026-01-02T03:04:05Z host sshd[1]: failed")).isEqualTo(moment);
        assertThat(millis("[2026-01-02 03:04:05 +0000] failed")).isEqualTo(moment);
        assertThat(millis("192.0.2.1 - - [02/Jan/2026:03:04:05 +0000] \"GET /\""))
                .isEqualTo(moment);
    }

    @Test
    void aLineWithoutADateHasNone() {
        assertThat(millis("    at org.example.Main.main(Main.java)")).isEqualTo(LineDate.NONE);
        assertThat(millis("x".repeat(60_000))).isEqualTo(LineDate.NONE);
        assertThat(millis("")).isEqualTo(LineDate.NONE);
    }
}
