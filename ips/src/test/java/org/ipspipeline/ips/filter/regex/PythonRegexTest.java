package org.ipspipeline.ips.filter.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.ipspipeline.ips.Python;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the translation finds is what Python finds, group by group. */
@NullUnmarked
class PythonRegexTest {

    private static final List<String> TEXTS = List.of(
            "",
            "\n",
            "a",
            "ab",
            "abab\n",
            "a_b-c",
            "\u00e4b",
            "a\nb\n",
            "a b\tc",
            "x{2}",
            "[x]&&y",
            "A\u00c4\u00e4",
            "aaaa",
            "12.5",
            "a\u001cb",
            "a\u00a0b",
            "\u0661\u0662",
            "user=root from 10.1.2.3 port 22\n",
            "e\u0301",
            "\ud83d\ude00a");

    private static final List<String> TRAPS = List.of(
            "(?P<a_b>a)(?P=a_b)?",
            "(?P<cond>a)?b(?(cond)a|$)",
            "(a)?(?(1)b|c)",
            "(?P<x>a|b)+(?(x)$|c)",
            "x{2}",
            "x\\{,2}",
            "a{,2}b",
            "a{2,}",
            "a{,}",
            "{",
            "}",
            "]",
            "a{b}",
            "[[x]",
            "[]x]+",
            "[^]x]+",
            "[x&&y]+",
            "[a-]",
            "[\\w-]+",
            "[^\\W\\d]+",
            "[^\\s\"]+",
            "[\\S]+",
            "\\S+\\s\\S+",
            "\\bb",
            "\\Bb",
            "a$",
            "^b",
            "(?i)A\u00c4",
            "(?i:a)B?",
            "(?a)\\w+",
            "\\d+",
            "\\.",
            "\\x61\\142",
            "\\0",
            "\\Aa",
            "a\\Z",
            "(?s)a.b",
            "(?x) a  # b\n b",
            "(?<=a)b",
            "(?<!a)b",
            "(?=a)\\w",
            "(?!a)\\w",
            "(?P<n>",
            "(?P<n>a)(?P<n>b)",
            "a**",
            "*",
            "(?#c)a",
            "a++b",
            "(?>a+)b",
            "\\q",
            "(?(9)a)",
            "a|b|",
            "(?:a|(?P<q>b))*(?(q)$)",
            "[\\b]",
            "(?P=n)",
            "()",
            "(|a)+",
            "(a*)*b",
            "(?i)[a-z\u00e4]+",
            "\\w+\\W\\w*",
            "[^\\W]",
            "~&--",
            "[a~~b]",
            "[--a]",
            "\\t",
            ":(?:)a",
            "\\-\\/\\\"\\<",
            "a{1}{2}",
            "(?P<1a>a)",
            "[z-a]");

    private record Case(String regex, String text, boolean multiline) {}

    @Test
    void knownTraps() throws IOException {
        Python.need();
        List<Case> cases = new ArrayList<>();
        for (String regex : TRAPS) {
            for (String text : TEXTS) {
                cases.add(new Case(regex, text, false));
                cases.add(new Case(regex, text, true));
            }
        }
        compare(cases);
    }

    @Property(tries = 8)
    void randomExpressions(@ForAll("cases") @Size(400) List<Case> cases) throws IOException {
        Python.need();
        compare(cases);
    }

    @Provide
    Arbitrary<List<Case>> cases() {
        Arbitrary<String> text = Arbitraries.of(TEXTS);
        return Combinators.combine(expression(4), text, Arbitraries.of(true, false))
                .as(Case::new)
                .list();
    }

    private static Arbitrary<String> expression(int depth) {
        Arbitrary<String> atom = Arbitraries.of(
                "a", "b", "\\w", "\\s", "\\d", ".", "\\S", "[a-c]", "[^b\\s]", "\\W", "x", "1", "_", "\n", "\\b", "^",
                "$", "\u00e4");
        if (depth == 0) {
            return atom;
        }
        Arbitrary<String> inner = expression(depth - 1);
        Arbitrary<String> group = inner.map(body -> "(?:" + body + ")");
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, atom),
                net.jqwik.api.Tuple.of(3, Combinators.combine(inner, inner).as(String::concat)),
                net.jqwik.api.Tuple.of(
                        2,
                        Combinators.combine(group, Arbitraries.of("*", "+", "?", "{,2}", "{1,2}", "*?", "+?", "??"))
                                .as(String::concat)),
                net.jqwik.api.Tuple.of(1, inner.map(body -> "(" + body + ")")),
                net.jqwik.api.Tuple.of(
                        1, Combinators.combine(inner, inner).as((one, other) -> "(?:" + one + "|" + other + ")")),
                net.jqwik.api.Tuple.of(1, inner.map(body -> "(?=" + body + ")")),
                net.jqwik.api.Tuple.of(1, inner.map(body -> "(?i:" + body + ")")),
                net.jqwik.api.Tuple.of(
                        1,
                        Combinators.combine(inner, inner, inner)
                                .as((one, two, three) -> "(?P<g_1>" + one + ")?" + two + "(?(g_1)" + three + "|b)")));
    }

    @SuppressWarnings("unchecked")
    private static void compare(List<Case> cases) throws IOException {
        Path file = Files.createTempFile("cases", ".json");
        List<String> lines = new ArrayList<>();
        for (Case each : cases) {
            lines.add(JSON.std.asString(
                    Map.of("regex", each.regex(), "text", each.text(), "multiline", each.multiline())));
        }
        Files.write(file, lines);
        List<String> answers = Python.run(PythonRegexTest.class, "search.py", Map.of(), List.of(file.toString()))
                .lines()
                .toList();
        Files.delete(file);
        assertThat(answers).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            Object expected = JSON.std.anyFrom(answers.get(i));
            Case each = cases.get(i);
            if ("slow".equals(expected)) {
                // It would take Python hours; what has no answer there has no right one here.
                continue;
            }
            if (expected == null || expected.equals("error")) {
                assertThat(search(each)).describedAs("%s", each).isEqualTo(expected);
            } else {
                Map<String, Object> match = (Map<String, Object>) expected;
                // The numbers of unnamed groups are Java's, markers included: only named groups can be asked for.
                List<List<Integer>> spans = (List<List<Integer>>) match.get("spans");
                Map<String, Object> found = (Map<String, Object>) search(each);
                assertThat(found).describedAs("%s", each).isNotNull();
                assertThat(found.get("span")).describedAs("%s", each).isEqualTo(spans.get(0));
                ((Map<String, Integer>) match.get("groups"))
                        .forEach((name, number) -> assertThat(found.get(name))
                                .describedAs("%s in %s", name, each)
                                .isEqualTo(spans.get(number)));
            }
        }
    }

    private static Object search(Case each) {
        Searcher searcher;
        try {
            searcher = PythonRegex.compile(each.regex(), each.multiline()).searcher();
        } catch (RegexSyntaxException e) {
            return "error";
        }
        Text text = new Text();
        text.set(each.text());
        text.allow(1_000_000);
        if (!searcher.find(text)) {
            return null;
        }
        Map<String, Object> found = new java.util.HashMap<>();
        found.put("span", List.of(searcher.start(), searcher.end()));
        searcher.regex()
                .groups()
                .forEach((name, group) -> found.put(name, List.of(searcher.start(group), searcher.end(group))));
        return found;
    }

    @Test
    void bothFormsAgreeOnTheNumbersOfGroups() {
        String regex = "(?P<a>x)?(?P<b>\\w\\b)(?(a)(?P<c>y)|z)";
        assertThat(PythonTranslator.translate(regex, false, false).groups())
                .isEqualTo(PythonTranslator.translate(regex, false, true).groups());
    }

    @Test
    void everyTranslationIsAJavaExpression() {
        for (boolean unicode : new boolean[] {false, true}) {
            TranslatedRegex translated = PythonTranslator.translate("(?P<a_1>[^\\W\\s])(?(a_1)\\b{)", false, unicode);
            assertThat(Pattern.compile(translated.regex(), translated.flags())).isNotNull();
        }
    }

    @Test
    void aSearchThatTakesTooManyStepsEnds() {
        Searcher searcher = PythonRegex.compile("^(?:a|a)*?(?:a|aa)*b$", false).searcher();
        Text text = new Text();
        text.set("a".repeat(200));
        text.allow(100_000);
        assertThatThrownBy(() -> searcher.find(text)).isInstanceOf(StepBudgetExceeded.class);
    }

    @Test
    void aSearchThatTakesTooMuchStackEnds() {
        Searcher searcher = PythonRegex.compile("^(?:(a|b)|c)*$", false).searcher();
        Text text = new Text();
        text.set("abc".repeat(1_000_000) + "d");
        text.allow(1_000_000_000);
        assertThatThrownBy(() -> searcher.find(text)).isInstanceOf(StepBudgetExceeded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^a", "\\Aa", "^a|^b", "^(?:a|b)"})
    void knowsWhatIsAnchored(String regex) {
        assertThat(PythonTranslator.translate(regex, false, false).anchored()).isTrue();
        assertThat(PythonTranslator.translate(regex, true, false).anchored()).isEqualTo(regex.startsWith("\\A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "^a|b", "^?a", "(?:^a)", "\\s*^a", "^*a"})
    void knowsWhatIsNotSurelyAnchored(String regex) {
        assertThat(PythonTranslator.translate(regex, false, false).anchored()).isFalse();
    }
}
