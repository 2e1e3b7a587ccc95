package org.ipspipeline.ips.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package's filters, changed at random as later releases change them, give the verdicts that fail2ban gives with them: what works
 * is the syntax, not these filters. The changes are the same each time; {@code -Dips.fuzz.seed=N} and {@code -Dips.fuzz.filters=N} give
 * others and more.
 */
@NullUnmarked
class MutatedFiltersTest {

    private static final long SEED = Long.getLong("ips.fuzz.seed", 0);
    private static final int FILTERS = Integer.getInteger("ips.fuzz.filters", 40);
    private static final double RATE = 0.4;
    private static final Pattern MODE = Pattern.compile("(?m)^(?:mdre|cmnfailre|_[a-z]+)-([a-z]+)[ =]");
    private static final List<String> LOG_TYPES = List.of("short", "journal", "rfc5424");

    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void changedFiltersGetTheSameVerdicts() throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        Random random = new Random(SEED);
        Path filters = Files.createDirectories(directory.resolve("filter.d"));
        for (Path file : Fail2banPackage.files(installed.configuration().resolve("filter.d"))) {
            Files.write(
                    filters.resolve(file.getFileName()),
                    FilterMutations.mutate(Files.readAllLines(file, StandardCharsets.UTF_8), random, RATE));
        }
        List<String> names = new ArrayList<>(
                Fail2banConfiguration.open(installed.configuration()).filterNames());
        Collections.shuffle(names, random);
        for (String name : names.subList(0, Math.min(FILTERS, names.size()))) {
            Path samples = installed.testFile("files/logs").resolve(name);
            if (Files.exists(samples)) {
                List<String> judged = Files.readAllLines(samples, StandardCharsets.ISO_8859_1);
                judged.removeIf(line -> line.startsWith("#") || line.isBlank());
                lines.put(name, judged);
                addVariants(name, judged, filters);
            }
        }
        // What Python refuses and Java allows, such as a look-behind of several widths, is no loss.
        assertThat(Fail2banVerdicts.differences(installed, directory, lines))
                .describedAs("seed %d", SEED)
                .filteredOn(difference -> !difference.endsWith("refused by fail2ban only"))
                .isEmpty();
    }

    /** The filter in its other modes and for other kinds of logs, as files that include it. */
    private void addVariants(String name, List<String> judged, Path filters) throws IOException {
        String text = Files.readString(filters.resolve(name + ".conf"));
        Matcher mode = MODE.matcher(text);
        while (mode.find()) {
            addVariant(name, "mode", mode.group(1), judged, filters);
        }
        if (text.contains("common.conf")) {
            for (String type : LOG_TYPES) {
                addVariant(name, "logtype", type, judged, filters);
            }
        }
    }

    private void addVariant(String name, String option, String value, List<String> judged, Path filters)
            throws IOException {
        String variant = name + "_" + option + "_" + value;
        Files.writeString(
                filters.resolve(variant + ".conf"),
                "[INCLUDES]\nbefore = " + name + ".conf\n[Definition]\n" + option + " = " + value + "\n");
        lines.put(variant, judged);
    }
}
