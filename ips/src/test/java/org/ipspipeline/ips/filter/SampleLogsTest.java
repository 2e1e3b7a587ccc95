package org.ipspipeline.ips.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.filter.SampleLogs.Judged;
import org.ipspipeline.ips.filter.SampleLogs.Sample;
import org.ipspipeline.ips.filter.SampleLogs.Samples;
import org.ipspipeline.ips.filter.date.DateContext;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of fail2ban's own sample logs gets the verdict, host, user and time that fail2ban's tests expect. */
@NullUnmarked
class SampleLogsTest {

    /** The moment and the zone that the annotations were written for. */
    private static final long NOW = 1_124_013_600;

    private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");
    private static final DateContext DATES =
            DateContext.of(InstantSource.fixed(Instant.ofEpochSecond(NOW)), ZONE, DateContext.SERVER_FIRST_YEAR);
    private static final DateTimeFormatter ANNOTATED = new DateTimeFormatterBuilder()
            .appendPattern("y-M-d'T'H:m:s")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    private static final double WANTED = 0.995;

    private final List<String> differences = new ArrayList<>();
    private int annotated;
    private int wrong;

    @Test
    void allFiltersOfThePackage() {
        Fail2banPackage installed = Fail2banPackage.need();
        Fail2banConfiguration configuration = Fail2banConfiguration.open(installed.configuration());
        SampleLogs.read(installed.testFile("files/logs"), configuration.filterNames())
                .forEach(samples -> check(configuration, samples));
        assertThat(differences).describedAs("unannotated lines and filters").noneMatch(text -> text.startsWith("!"));
        assertThat(annotated).isGreaterThan(1000);
        assertThat(1 - wrong / (double) annotated)
                .describedAs("%s", String.join("\n", differences))
                .isGreaterThanOrEqualTo(WANTED);
    }

    @Test
    void theFiltersOfItsTests(@TempDir Path directory) throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        Path copies = Files.createDirectories(directory.resolve("a/b/c/d/fail2ban/tests/config/filter.d"));
        // They include files of the configuration by paths upwards into a source tree: it stands on every step.
        List<Path> included = Fail2banPackage.files(installed.configuration().resolve("filter.d"));
        for (Path step = copies.getParent().getParent(); !step.equals(directory); ) {
            step = step.getParent();
            Path filters = Files.createDirectories(step.resolve("config/filter.d"));
            for (Path file : included) {
                Files.copy(file, filters.resolve(file.getFileName()));
            }
        }
        for (Path file : Fail2banPackage.files(installed.testFile("config/filter.d"))) {
            Files.copy(file, copies.resolve(file.getFileName()));
        }
        Fail2banConfiguration configuration = Fail2banConfiguration.open(copies.getParent());
        List<String> names = configuration.filterNames().stream()
                .filter(name -> name.startsWith("zzz-"))
                .toList();
        SampleLogs.read(installed.testFile("files/logs"), names).forEach(samples -> check(configuration, samples));
        assertThat(differences).isEmpty();
    }

    private void check(Fail2banConfiguration configuration, Samples samples) {
        List<FilterEvaluator> evaluators = new ArrayList<>();
        for (Map<String, String> options : samples.filters()) {
            try {
                FilterDefinition definition = configuration.filter(samples.name(), options);
                evaluators.add(new FilterEvaluator(
                        Filter.compile(definition, DATES), EvaluationOptions.STANDARD.withAllRegexes()));
            } catch (ConfigurationException | InvalidFilterException e) {
                differences.add("! " + samples.name() + options + ": " + e.getMessage());
                return;
            }
        }
        for (Sample sample : samples.lines()) {
            for (Judged judged : sample.judged()) {
                check(samples, sample, judged, evaluators.get(judged.filter()));
            }
        }
    }

    private void check(Samples samples, Sample sample, Judged judged, FilterEvaluator evaluator) {
        List<Failure> failures = (judged.dated()
                        ? evaluator.evaluateDated(judged.text(), NOW * 1_000_000)
                        : evaluator.evaluate(judged.text()))
                .stream().filter(Failure::isFailure).toList();
        boolean unannotated = sample.expected().isEmpty();
        annotated += unannotated ? 0 : 1;
        boolean match = (Boolean) sample.expected().getOrDefault("match", false);
        List<String> problems = new ArrayList<>();
        if (!match && !failures.isEmpty()) {
            problems.add("matches, but should not");
        } else if (match && failures.size() != 1) {
            problems.add(failures.size() + " expressions match");
        } else if (match) {
            compare(sample.expected(), failures.get(0), problems);
        }
        if (!problems.isEmpty()) {
            wrong += unannotated ? 0 : 1;
            differences.add((unannotated ? "! " : "") + sample.place() + " "
                    + samples.filters().get(judged.filter()) + ": " + problems + " " + sample.expected() + "\n  "
                    + judged.text() + "\n  " + failures);
        }
    }

    private static void compare(Map<String, Object> expected, Failure failure, List<String> problems) {
        expected.forEach((key, value) -> {
            boolean same = switch (key) {
                case "match", "desc", "constraint" -> true;
                case "time" -> value == null || failure.timeMicros() == micros((String) value);
                case "host" ->
                    sameHost(failure.groups().get("host") == null ? failure.identity() : failure.group("host"), value);
                case "attempts" -> value.equals(failure.matches().size());
                default -> sameValue(failure.groups().get(key), value);
            };
            if (!same) {
                problems.add(key);
            }
        });
    }

    private static boolean sameHost(String found, Object expected) {
        AddressParser one = new AddressParser();
        AddressParser other = new AddressParser();
        return Objects.equals(found, expected)
                || (found != null
                        && expected != null
                        && one.parseWhole(found)
                        && other.parseWhole(expected.toString())
                        && one.high() == other.high()
                        && one.low() == other.low());
    }

    private static boolean sameValue(Object found, Object expected) {
        if (found instanceof Collection<?> several && expected instanceof Collection<?> wanted) {
            return new TreeSet<>(several).equals(new TreeSet<>(wanted));
        }
        return Objects.equals(found, expected);
    }

    private static long micros(String local) {
        LocalDateTime time = LocalDateTime.parse(local, ANNOTATED);
        ZoneOffset offset = ZONE.getRules().getOffset(time);
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(offset));
    }
}
