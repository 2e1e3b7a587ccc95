package org.ipspipeline.ips.daemon;

import java.time.Duration;

/** Spans of time as operators write them: {@code 1h 30m}. The three largest units are told. */
final class DurationText {

    private static final String UNITS = "wdhms";
    private static final long[] SECONDS = {604_800, 86_400, 3_600, 60, 1};
    private static final int TOLD = 3;

    private DurationText() {}

    static String of(Duration span) {
        long rest = Math.round(span.toMillis() / 1000.0);
        StringBuilder text = new StringBuilder();
        int told = 0;
        for (int unit = 0; unit < SECONDS.length && told < TOLD; unit++) {
            long count = rest / SECONDS[unit];
            rest %= SECONDS[unit];
            if (count > 0) {
                text.append(text.isEmpty() ? "" : " ").append(count).append(UNITS.charAt(unit));
                told++;
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
