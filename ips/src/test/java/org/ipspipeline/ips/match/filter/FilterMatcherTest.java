package org.ipspipeline.ips.match.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.filter.UseDns;
import org.ipspipeline.ips.filter.date.DateContext;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The prefilter never changes a verdict: what it leaves out would not have matched. */
@NullUnmarked
class FilterMatcherTest {

    private static final DateContext DATES = DateContext.of(
            InstantSource.fixed(Instant.ofEpochSecond(1_124_013_600)),
            ZoneId.of("Europe/Zurich"),
            DateContext.SERVER_FIRST_YEAR);

    private final Random random = new Random(4711);

    /** What is told of a failure; two of them are equal if the verdicts are. */
    private record Told(int line, int filter, int regex, String identity, long time, List<String> matches) {

        static Told of(int line, int filter, Failure failure) {
            return new Told(line, filter, failure.regex(), failure.identity(), failure.timeMicros(), failure.matches());
        }
    }

    @Test
    void eachFilterOfThePackageJudgesItsSamplesAsWithoutAScan() throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        Fail2banConfiguration configuration = Fail2banConfiguration.open(installed.configuration());
        int failures = 0;
        for (String name : configuration.filterNames()) {
            Path samples = installed.testFile("files/logs").resolve(name);
            if (Files.exists(samples)) {
                Filter filter = Filter.compile(configuration.filter(name), DATES);
                List<String> lines = Files.readAllLines(samples, StandardCharsets.ISO_8859_1);
                lines.removeIf(line -> line.startsWith("#"));
                failures += check(List.of(filter), lines);
            }
        }
        assertThat(failures).isGreaterThan(600);
    }

    @Test
    void aFilterOfSeveralLinesSeesThoseAroundALiteral() {
        Filter filter = filter(4, "^start of <ADDR>$<SKIPLINES>^the end$", "^alone <ADDR>$");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            switch (random.nextInt(7)) {
                case 0 -> lines.add("start of 192.0.2." + random.nextInt(9));
                case 1 -> lines.add("the end");
                case 2 -> lines.add("alone 192.0.2." + random.nextInt(9));
                default -> lines.add("nothing " + i);
            }
        }
        assertThat(check(List.of(filter), lines)).isGreaterThan(100);
    }

    @Test
    void aDateInTheMidstOfALiteralHidesNothing() {
        List<Filter> filters = List.of(
                filter(1, "^\\[\\] \\[error\\] refused <ADDR>$"),
                Filter.compile(
                        definition(1, List.of("\\[%Y-%m-%d %H:%M:%S\\]"), "^some words and <ADDR> refused$"), DATES));
        assertThat(check(
                        filters,
                        List.of(
                                "[2005-08-14 10:00:00] [error] refused 192.0.2.1",
                                "some wo[2005-08-14 10:00:00]rds and 192.0.2.2 refused")))
                .isEqualTo(2);
    }

    @Test
    void severalFiltersTellInTheOrderOfLinesAndFilters() {
        List<Filter> filters =
                List.of(filter(2, "^both of <ADDR>$"), filter(1, "^(?:one|both) of <ADDR>$"), filter(1, "<ADDR>"));
        assertThat(check(
                        filters,
                        List.of("one of 192.0.2.1", "both of 192.0.2.2", "at 2001:db8::1", "", "both of 192.0.2.3")))
                .isEqualTo(9);
    }

    @Test
    void timesThatAreKnownAreTaken() {
        FilterMatcher matcher = FilterSet.of(List.of(filter(1, "^bad <ADDR>$"))).newMatcher(EvaluationOptions.STANDARD);
        List<Told> told = new ArrayList<>();
        matcher.match(
                block(List.of("bad 192.0.2.1", "bad 2005-08-14 10:00:00 192.0.2.1")),
                line -> 17,
                (line, filter, finding) -> told.add(Told.of(line, filter, finding.failure())));
        assertThat(told).containsExactly(new Told(0, 0, 0, "192.0.2.1", 17, List.of("bad 192.0.2.1")));
    }

    private static Filter filter(int maxLines, String... failregexes) {
        return Filter.compile(definition(maxLines, List.of(), failregexes), DATES);
    }

    private static FilterDefinition definition(int maxLines, List<String> datePatterns, String... failregexes) {
        return new FilterDefinition(
                "test", null, List.of(failregexes), List.of(), maxLines, datePatterns, UseDns.NO, List.of(), "here");
    }

    /** Compares what a matcher tells with what evaluators tell that see every line; returns how many failures there are. */
    private int check(List<Filter> filters, List<String> lines) {
        List<Told> expected = new ArrayList<>();
        List<FilterEvaluator> evaluators = filters.stream()
                .map(filter -> new FilterEvaluator(filter, EvaluationOptions.STANDARD))
                .toList();
        for (int line = 0; line < lines.size(); line++) {
            for (int filter = 0; filter < filters.size(); filter++) {
                byte[] bytes = lines.get(line).getBytes(StandardCharsets.ISO_8859_1);
                for (Failure failure : evaluators.get(filter).evaluate(bytes, 0, bytes.length)) {
                    if (failure.isFailure()) {
                        expected.add(Told.of(line, filter, failure));
                    }
                }
            }
        }
        List<Told> told = new ArrayList<>();
        FilterMatcher matcher = FilterSet.of(filters).newMatcher(EvaluationOptions.STANDARD);
        for (int begin = 0; begin < lines.size(); ) {
            int first = begin;
            int end = Math.min(lines.size(), begin + 1 + random.nextInt(20));
            matcher.match(block(lines.subList(begin, end)), (line, filter, finding) -> {
                Failure failure = finding.failure();
                told.add(Told.of(first + line, filter, failure));
                var parser = new AddressParser();
                assertThat(finding.hasAddress()).isEqualTo(failure.parseAddress(parser));
                if (finding.hasAddress()) {
                    assertThat(List.of(finding.high(), finding.low())).isEqualTo(List.of(parser.high(), parser.low()));
                }
                assertThat(finding.timeMicros()).isEqualTo(failure.timeMicros());
            });
            begin = end;
        }
        assertThat(told)
                .describedAs("%s", filters.get(0).definition().name())
                .usingElementComparator((one, other) -> Objects.equals(one, other) ? 0 : 1)
                .containsExactlyElementsOf(expected);
        return told.size();
    }

    private static LineBuffer block(List<String> lines) {
        LineBuffer block = new LineBuffer(lines.size(), 1 << 17);
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(block.append(bytes, 0, bytes.length, 0)).isTrue();
        }
        return block;
    }
}
