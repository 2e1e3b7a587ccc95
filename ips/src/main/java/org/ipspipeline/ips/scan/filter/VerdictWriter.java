package org.ipspipeline.ips.scan.filter;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ipspipeline.ips.filter.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON object for each line:
 *
 * <ul>
 *   <li>{@code line}: its text; {@code number}: its number in its file, from 1;
 *   <li>{@code match}: whether it is a failure;
 *   <li>{@code host}: whose, an address or what stands in its place; null for no match;
 *   <li>{@code time}: its date as local time (ISO 8601); {@code epoch}: the same in seconds since 1970, with a fraction if the date
 *       has one; null for a line without date;
 *   <li>{@code user}; {@code regex}: the number in the filter of the failregex that matched, from 1; {@code groups}: all groups that
 *       took part, by name;
 *   <li>{@code attempts}: how many lines make the failure; {@code ignored}: whether an ignoreregex made it none; {@code exceeded}: whether
 *       it was given up because the expressions took too many steps.
 * </ul>
 */
public final class VerdictWriter {

    private static final JSON OBJECTS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final PrintWriter out;
    private final ZoneId zone;
    private final boolean namesFiles;
    private String file = "";
    private long number;

    /**
     * Prepares to write.
     *
     * @param out where to
     * @param zone of local times
     * @param namesFiles whether {@code file} is written with each line
     */
    public VerdictWriter(PrintWriter out, ZoneId zone, boolean namesFiles) {
        this.out = out;
        this.zone = zone;
        this.namesFiles = namesFiles;
    }

    /**
     * Begins a file.
     *
     * @param name the file's
     */
    public void beginFile(String name) {
        file = name;
        number = 0;
    }

    void write(String line, long micros, @Nullable Failure failure, boolean ignored, boolean exceeded)
            throws IOException {
        Map<String, @Nullable Object> verdict = new LinkedHashMap<>();
        if (namesFiles) {
            verdict.put("file", file);
        }
        verdict.put("line", line);
        verdict.put("number", ++number);
        verdict.put("match", failure != null);
        verdict.put("host", failure == null ? null : host(failure));
        boolean timed = micros != Failure.NO_TIME;
        verdict.put("time", timed ? local(micros) : null);
        verdict.put("epoch", timed ? seconds(micros) : null);
        verdict.put("user", failure == null ? null : failure.groups().get("user"));
        verdict.put("regex", failure == null ? null : failure.regex() + 1);
        verdict.put("groups", failure == null ? null : groups(failure));
        verdict.put("attempts", failure == null ? 0 : failure.matches().size());
        verdict.put("ignored", ignored);
        verdict.put("exceeded", exceeded);
        out.println(OBJECTS.asString(verdict));
    }

    void flush() {
        out.flush();
    }

    private static @Nullable String host(Failure failure) {
        String named = failure.group("host");
        return named != null ? named : failure.identity();
    }

    private String local(long micros) {
        Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, zone));
    }

    /** A number that JSON shows without an exponent. */
    private static Number seconds(long micros) {
        if (micros % 1_000_000 == 0) {
            return micros / 1_000_000;
        }
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros();
    }

    private static Map<String, Object> groups(Failure failure) {
        Map<String, Object> groups = new TreeMap<>();
        failure.groups().forEach((name, value) -> {
            if (value != null && !name.equals("matches") && !name.equals("nofail-matches")) {
                groups.put(name, value);
            }
        });
        return groups;
    }
}
