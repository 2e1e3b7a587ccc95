package org.ipspipeline.ips.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The configuration that the package installs is read as fail2ban itself reads it. */
@NullUnmarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked")
class InstalledConfigurationTest {

    private Fail2banConfiguration configuration;
    private Map<String, Map<String, Object>> filters;
    private Map<String, Map<String, Object>> jails;

    @BeforeAll
    void askFail2ban() throws Exception {
        Fail2banPackage installed = Fail2banPackage.need();
        configuration = Fail2banConfiguration.open(installed.configuration());
        Map<String, Object> read = JSON.std.mapFrom(installed.run(
                InstalledConfigurationTest.class,
                "read_configuration.py",
                List.of(installed.configuration().toString())));
        filters = (Map<String, Map<String, Object>>) read.get("filters");
        jails = (Map<String, Map<String, Object>>) read.get("jails");
    }

    @Test
    void everyFilterIsRead() {
        assertThat(configuration.filterNames()).containsExactlyElementsOf(new TreeMap<>(filters).keySet());
        SoftAssertions softly = new SoftAssertions();
        filters.forEach((name, expected) -> compare(softly, name, configuration.filter(name), expected));
        softly.assertAll();
    }

    @Test
    void everyJailIsRead() {
        assertThat(configuration.jailNames()).containsExactlyElementsOf(jails.keySet());
        SoftAssertions softly = new SoftAssertions();
        jails.forEach((name, expected) -> {
            Jail jail = configuration.jail(name);
            compare(softly, name, jail.filter(), expected);
            Map<String, Object> options = (Map<String, Object>) expected.get("options");
            options.forEach((option, value) -> softly.assertThat(jail.options().get(option))
                    .describedAs("%s of %s", option, name)
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEqualTo(String.valueOf(value)),
                            text -> assertThat(value).isEqualTo(JailOptions.isTrue(String.valueOf(text)))));
            List<List<String>> actions = (List<List<String>>) expected.getOrDefault("addaction", List.of());
            softly.assertThat(jail.actions().stream()
                            .map(action -> action.options().get("actname"))
                            .toList())
                    .describedAs("actions of %s", name)
                    .isEqualTo(actions.stream().map(action -> action.get(0)).toList());
        });
        softly.assertAll();
    }

    private static void compare(
            SoftAssertions softly, String name, FilterDefinition filter, Map<String, Object> expected) {
        softly.assertThat(filter.failregexes())
                .describedAs("failregex of %s", name)
                .isEqualTo(flat(expected, "addfailregex"));
        softly.assertThat(filter.ignoreregexes())
                .describedAs("ignoreregex of %s", name)
                .isEqualTo(flat(expected, "addignoreregex"));
        softly.assertThat(filter.prefregex() == null ? List.of() : List.of(filter.prefregex()))
                .describedAs("prefregex of %s", name)
                .isEqualTo(flat(expected, "prefregex"));
        softly.assertThat(filter.maxLines())
                .describedAs("maxlines of %s", name)
                .isEqualTo(flat(expected, "maxlines").stream()
                        .findFirst()
                        .map(o -> Integer.valueOf(o.toString()))
                        .orElse(1));
        softly.assertThat(filter.datePatterns())
                .describedAs("datepattern of %s", name)
                .isEqualTo(flat(expected, "datepattern").stream()
                        .flatMap(pattern -> pattern.toString().lines())
                        .toList());
        softly.assertThat(filter.journalMatches())
                .describedAs("journalmatch of %s", name)
                .isEqualTo(expected.getOrDefault("addjournalmatch", List.of()));
    }

    /** The values of a command, whether it was given as one list or as several. */
    private static List<Object> flat(Map<String, Object> commands, String command) {
        List<Object> flat = new ArrayList<>();
        for (Object value : (List<Object>) commands.getOrDefault(command, List.of())) {
            if (value instanceof List<?> list) {
                flat.addAll(list);
            } else {
                flat.add(value);
            }
        }
        return flat;
    }
}
