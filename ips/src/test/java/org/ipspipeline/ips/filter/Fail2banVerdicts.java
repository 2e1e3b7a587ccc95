package org.ipspipeline.ips.filter;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.filter.date.DateContext;
import org.ipspipeline.ips.match.syntax.Needle;
import org.ipspipeline.ips.match.syntax.Needles;
import org.jspecify.annotations.NullUnmarked;

/**
 * What fail2ban itself, as a process, and this program think of lines; and that the literals which a line is scanned for are in those
 * that match.
 */
@NullUnmarked
final class Fail2banVerdicts {

    private static final DateContext DATES = DateContext.of(
            InstantSource.fixed(Instant.ofEpochSecond(1_124_013_600)),
            ZoneId.of("Europe/Zurich"),
            DateContext.SERVER_FIRST_YEAR);

    private Fail2banVerdicts() {}

    /** Compares the verdicts over the lines of each filter; returns a text for each line over which they differ. */
    static List<String> differences(Fail2banPackage installed, Path configuration, Map<String, List<String>> lines)
            throws IOException {
        Path batch = Files.createTempFile("lines", ".json");
        List<String> objects = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : lines.entrySet()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("filter", entry.getKey());
            object.put("lines", entry.getValue());
            objects.add(JSON.std.asString(object));
        }
        Files.write(batch, objects);
        List<String> answers = installed
                .run(Fail2banVerdicts.class, "judge_lines.py", List.of(configuration.toString(), batch.toString()))
                .lines()
                .toList();
        Files.delete(batch);
        List<String> differences = new ArrayList<>();
        int filter = 0;
        for (Map.Entry<String, List<String>> entry : lines.entrySet()) {
            String answer = answers.get(filter++);
            List<Object> ours = ours(configuration, entry.getKey(), entry.getValue());
            if (ours == null || answer.equals("null")) {
                if (ours != null || !answer.equals("null")) {
                    differences.add(entry.getKey() + ": refused " + (ours == null ? "here" : "by fail2ban") + " only");
                }
                continue;
            }
            List<Object> theirs = JSON.std.listFrom(answer);
            for (int line = 0; line < ours.size(); line++) {
                if (theirs.get(line) instanceof String) {
                    // fail2ban itself fails on the line, such as for a time zone that is none, and has no verdict.
                    continue;
                }
                String own = String.valueOf(ours.get(line));
                String other = String.valueOf(withMicros(theirs.get(line)));
                if (!own.equals(other)) {
                    differences.add(entry.getKey() + ": '" + entry.getValue().get(line) + "'\n  fail2ban " + other
                            + "\n  here     " + own);
                }
            }
        }
        return differences;
    }

    /** Null for a filter that is refused. */
    private static List<Object> ours(Path configuration, String name, List<String> lines) {
        Filter filter;
        try {
            filter = Filter.compile(Fail2banConfiguration.open(configuration).filter(name), DATES);
        } catch (ConfigurationException | InvalidFilterException refused) {
            return null;
        }
        FilterEvaluator evaluator = new FilterEvaluator(filter, EvaluationOptions.STANDARD);
        List<Needles> needles = filter.needles();
        List<Object> verdicts = new ArrayList<>();
        for (String line : lines) {
            Failure failure = evaluator.evaluate(line).stream()
                    .filter(Failure::isFailure)
                    .findFirst()
                    .orElse(null);
            if (failure != null
                    && filter.definition().maxLines() == 1
                    && !isCandidate(line, needles.get(failure.regex()))) {
                verdicts.add("not seen by the scan for " + needles.get(failure.regex()));
            } else {
                verdicts.add(failure == null ? null : told(failure));
            }
        }
        return verdicts;
    }

    private static boolean isCandidate(String line, Needles needles) {
        if (needles == null) {
            return true;
        }
        String bytes = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return needles.literals().stream()
                .map(Needle::toString)
                .anyMatch(literal -> needles.caseless()
                        ? bytes.toLowerCase(Locale.ROOT).contains(literal.toLowerCase(Locale.ROOT))
                        : bytes.contains(literal));
    }

    @SuppressWarnings("unchecked")
    private static Object withMicros(Object verdict) {
        if (verdict == null) {
            return null;
        }
        List<Object> told = new ArrayList<>((List<Object>) verdict);
        Number seconds = (Number) told.get(2);
        told.set(2, seconds == null ? null : Math.round(seconds.doubleValue() * 1e6));
        return told;
    }

    private static List<Object> told(Failure failure) {
        List<Object> told = new ArrayList<>();
        told.add(failure.regex());
        told.add(failure.identity());
        told.add(failure.timeMicros() == Failure.NO_TIME ? null : failure.timeMicros());
        told.add(failure.groups().get("user"));
        return told;
    }
}
