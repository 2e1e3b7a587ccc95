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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.jspecify.annotations.NullUnmarked;

/**
 * Lines put together at random from pieces of the sample logs get the verdict of fail2ban itself. One process judges a batch. The lines
 * are the same each time; {@code -Dips.fuzz.seed=N} gives others.
 */
@NullUnmarked
class DifferentialFuzzTest {

    private static final long SEED = Long.getLong("ips.fuzz.seed", 0);
    private static final int FILTERS = 12;
    private static final int LINES = 150;

    @Property(tries = 2, seed = "1", shrinking = ShrinkingMode.OFF)
    void randomLinesGetTheSameVerdicts(@ForAll long start) throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        long seed = start + SEED;
        Random random = new Random(seed);
        Path logs = installed.testFile("files/logs");
        List<String> names =
                new ArrayList<>(Fail2banConfiguration.open(installed.configuration()).filterNames().stream()
                        .filter(name -> Files.exists(logs.resolve(name)))
                        .toList());
        Collections.shuffle(names, random);
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String name : names.subList(0, Math.min(FILTERS, names.size()))) {
            List<String> samples = Files.readAllLines(logs.resolve(name), StandardCharsets.ISO_8859_1);
            samples.removeIf(line -> line.startsWith("#") || line.isBlank());
            if (!samples.isEmpty()) {
                lines.put(name, random(samples, random));
            }
        }
        assertThat(Fail2banVerdicts.differences(installed, installed.configuration(), lines))
                .describedAs("seed %d", seed)
                .isEmpty();
    }

    private static List<String> random(List<String> samples, Random random) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < LINES) {
            String line = any(samples, random);
            lines.add(
                    switch (random.nextInt(6)) {
                        case 0 -> line;
                        case 1 -> line + " " + line;
                        case 2 -> {
                            String other = any(samples, random);
                            int cut = random.nextInt(line.length() + 1);
                            yield line.substring(0, cut) + other.substring(random.nextInt(other.length() + 1));
                        }
                        case 3 -> {
                            int from = random.nextInt(line.length());
                            int to = Math.min(line.length(), from + random.nextInt(12));
                            yield line.substring(0, from) + line.substring(to);
                        }
                        case 4 -> words(line, any(samples, random), random);
                        default -> noisy(line, random);
                    });
        }
        return lines;
    }

    private static String any(List<String> samples, Random random) {
        return samples.get(random.nextInt(samples.size()));
    }

    /** Some words of a line exchanged for those of another. */
    private static String words(String line, String other, Random random) {
        String[] words = line.split(" ", -1);
        String[] others = other.split(" ", -1);
        for (int i = 0; i < 2; i++) {
            words[random.nextInt(words.length)] = others[random.nextInt(others.length)];
        }
        return String.join(" ", words);
    }

    private static String noisy(String line, Random random) {
        String noise = any(
                List.of(
                        "192.0.2.1",
                        "2001:db8::1",
                        "::ffff:192.0.2.7",
                        "[",
                        "]",
                        " ",
                        ":",
                        "\t",
                        "é",
                        "from 192.0.2.9",
                        "%",
                        "'",
                        "\"",
                        "0"),
                random);
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + noise + line.substring(at);
    }
}
