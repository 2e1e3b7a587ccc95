package org.ipspipeline.ips.jail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.date.DateContext;
import org.ipspipeline.ips.filter.date.DateDetector;
import org.ipspipeline.ips.filter.date.DatePatterns;
import org.ipspipeline.ips.filter.date.DetectedDate;
import org.ipspipeline.ips.filter.regex.StepBudgetExceeded;
import org.ipspipeline.ips.filter.regex.Text;
import org.ipspipeline.ips.source.file.LineDate;

/** The dates of lines, found as filters find them. Not thread-safe. */
public final class LogDates implements LineDate {

    private static final long MICROS_PER_MILLI = 1000;

    /** A date stands in the first of so many bytes. */
    private static final int LONGEST_LINE = 4096;

    private final DateDetector detector;
    private final Text text = new Text();

    /**
     * With the dates of a filter.
     *
     * @param detector used by this alone
     */
    public LogDates(DateDetector detector) {
        this.detector = detector;
    }

    /** With the dates that fail2ban knows without being told. */
    public static LogDates standard() {
        final DateContext context = DateContext.ofSystem();
        return new LogDates(new DateDetector(new DatePatterns(context), List.of(), context));
    }

    @Override
    public long millis(byte[] line, int length) {
        text.set(line, 0, Math.min(length, LONGEST_LINE), StandardCharsets.ISO_8859_1);
        text.allow(EvaluationOptions.DEFAULT_STEP_BUDGET);
        try {
            final DetectedDate date = detector.detect(text);
            return date.isFound() && date.isMoment() ? date.micros() / MICROS_PER_MILLI : NONE;
        } catch (StepBudgetExceeded spent) {
            // The line says no date that can be found in time; its neighbours do.
            return NONE;
        }
    }
}
