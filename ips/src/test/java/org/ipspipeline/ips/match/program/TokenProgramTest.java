package org.ipspipeline.ips.match.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.RegexParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenProgramTest {

    private final TokenMatcher matcher = new TokenMatcher(TokenMatcher.DEFAULT_BUDGET);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "client <HOST> exceeded ; at 12:00 client 1.2.3.4 exceeded it ; 1.2.3.4",
                "client <HOST> exceeded ; client 2001:db8::1 exceeded ; 2001:db8::1",
                "client <HOST> exceeded ; client ::ffff:1.2.3.4 exceeded ; 1.2.3.4",
                "client <HOST> exceeded ; client [2001:db8::1] exceeded ; 2001:db8::1",
                "client <HOST> exceeded ; client 1.2.3 exceeded ;",
                "client <HOST> exceeded ; client host.example exceeded ;",
                "\\[<HOST>\\]: ; from [10.0.0.1]: no ; 10.0.0.1",
                "\\[<HOST>\\]:\\d+ ; from [::1]:22 ; ::1",
                "<HOST>:\\d+ ; from 10.0.0.1:22 ; 10.0.0.1",
                "^<ADDR> .* from <IP4>; 1.2.3.4 ;",
                "Failed \\S+ for .* from <HOST> port ; Failed password for a from 1.1.1.1 port 2 from 2.2.2.2 port 3 ; 2.2.2.2",
                "Failed \\S+ for .*? from <HOST> port ; Failed password for a from 1.1.1.1 port 2 from 2.2.2.2 port 3 ; 1.1.1.1",
                "from <HOST>$ ; from 1.2.3.4 ; 1.2.3.4",
                "from <HOST>$ ; from 1.2.3.4x ;",
                "(?i)FROM <HOST>(?: port \\d+)?$ ; from 1.2.3.4 port 22 ; 1.2.3.4",
                "(?:from|by) <HOST>\\b ; by 1.2.3.4 now ; 1.2.3.4",
                "(?:user \\w+,){2} <HOST> ; user a,user b, 1.2.3.4 ; 1.2.3.4"
            })
    void findsTheAddress(String regex, String line, @Nullable String address) {
        assertThat(addressIn(regex, line)).isEqualTo(address);
        assertAgreesWithRegex(regex, line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)\\1 <HOST>",
                "(?=x)<HOST>",
                "(?>a+)<HOST>",
                "(?:a*)*<HOST>",
                "[a&&[b]]<HOST>",
                "<HOST> <HOST>",
                "(?:a b)++"
            })
    void leavesToTheRegexWhatAProgramCannotDo(String regex) {
        assertThat(TokenProgram.of(RegexParser.parse(regex, 0), false)).isNull();
    }

    @Test
    void findsTheMiddleOfALongerBuffer() {
        ByteBuffer bytes = buffer("xx client 1.2.3.4 exceeded\nclient 9.9.9.9 exceeded\n");
        TokenProgram program = program("^client <HOST> exceeded$", false);
        assertThat(matcher.match(program, bytes, 3, 26)).isEqualTo(Verdict.MATCH);
        assertThat(AddressFormatter.toString(matcher.high(), matcher.low())).isEqualTo("1.2.3.4");
        assertThat(matcher.match(program, bytes, 0, 26)).isEqualTo(Verdict.NO_MATCH);
        assertThat(matcher.match(program, bytes, 3, 25)).isEqualTo(Verdict.NO_MATCH);
    }

    @Test
    void aCutLineHasNoEnd() {
        ByteBuffer bytes = buffer("client 1.2.3.4 x");
        TokenProgram toTheEnd = program("client <HOST>$", false);
        assertThat(matcher.match(toTheEnd, bytes, 0, 14, false)).isEqualTo(Verdict.MATCH);
        assertThat(matcher.match(toTheEnd, bytes, 0, 14, true)).isNotEqualTo(Verdict.MATCH);
        TokenProgram anywhere = program("client <ADDR>", false);
        assertThat(matcher.match(anywhere, bytes, 0, 13, true)).isNotEqualTo(Verdict.MATCH);
        assertThat(matcher.match(anywhere, bytes, 0, 15, true)).isEqualTo(Verdict.MATCH);
    }

    @Test
    void remembersNamedGroups() {
        TokenProgram program = program("(?:user (?<user>\\S+) )?from <HOST>(x)?", true);
        ByteBuffer bytes = buffer("user root from 1.2.3.4");
        assertThat(matcher.match(program, bytes, 0, bytes.limit())).isEqualTo(Verdict.MATCH);
        assertThat(matcher.start(1)).isEqualTo(5);
        assertThat(matcher.end(1)).isEqualTo(9);
        assertThat(matcher.start(2)).isEqualTo(-1);
        assertThat(matcher.match(program, bytes, 1, bytes.limit())).isEqualTo(Verdict.MATCH);
        assertThat(matcher.start(1)).isEqualTo(-1);
    }

    @Test
    void endsWithinItsBudget() {
        TokenProgram program = program("(?:\\w|\\w\\w|.)*x(?:\\w|\\w\\w|.)*y<HOST>", false);
        ByteBuffer bytes = buffer("x".repeat(60));
        assertThat(matcher.match(program, bytes, 0, bytes.limit())).isEqualTo(Verdict.OVER_BUDGET);
    }

    @Property(tries = 10_000)
    void agreesWithTheRegex(@ForAll("expressions") String regex, @ForAll("lines") String line) {
        Statistics.collect(assertAgreesWithRegex(regex, line));
    }

    @Property(tries = 10_000)
    void agreesWithTheRegexOnAddresses(@ForAll("aroundAddresses") String regex, @ForAll("addressLines") String line) {
        Statistics.collect(assertAgreesWithRegex(regex, line));
    }

    private String assertAgreesWithRegex(String regex, String line) {
        TokenProgram program = TokenProgram.of(RegexParser.parse(regex, 0), true);
        if (program == null) {
            return "no program";
        }
        ByteBuffer bytes = buffer(line);
        Verdict verdict = matcher.match(program, bytes, 0, bytes.limit());
        Matcher reference = Pattern.compile(expanded(regex), Pattern.UNIX_LINES).matcher(line);
        boolean matches = reference.find();
        String context = regex + " on '" + line + "'\n" + program;
        if (verdict == Verdict.MATCH || verdict == Verdict.NO_MATCH) {
            assertThat(verdict == Verdict.MATCH).as(context).isEqualTo(matches);
        }
        if (verdict == Verdict.MATCH) {
            String host = host(regex, reference);
            String found = matcher.hostStart() < 0
                    ? null
                    : UTF_8.decode(bytes.slice(matcher.hostStart(), matcher.hostEnd() - matcher.hostStart()))
                            .toString();
            assertThat(found).as(context).isEqualTo(host);
            AddressParser parser = new AddressParser();
            assertThat(matcher.hasAddress()).as(context).isEqualTo(host != null && parser.parseWhole(host));
            if (matcher.hasAddress()) {
                assertThat(matcher.low()).as(context).isEqualTo(parser.low());
                assertThat(matcher.high()).as(context).isEqualTo(parser.high());
            }
        }
        return verdict.name();
    }

    private static @Nullable String host(String regex, Matcher reference) {
        for (String group : new String[] {AddressTag.IPV4_GROUP, AddressTag.IPV6_GROUP, AddressTag.NAME_GROUP}) {
            if (expanded(regex).contains("(?<" + group + ">") && reference.group(group) != null) {
                return reference.group(group);
            }
        }
        return null;
    }

    private static String expanded(String regex) {
        String expanded = regex;
        for (AddressTag tag : AddressTag.values()) {
            expanded = expanded.replace(tag.tag(), tag.regex());
        }
        return expanded;
    }

    private @Nullable String addressIn(String regex, String line) {
        TokenProgram program = TokenProgram.of(RegexParser.parse(regex, 0), false);
        if (program == null) {
            return null;
        }
        ByteBuffer bytes = buffer(line);
        boolean found = matcher.match(program, bytes, 0, bytes.limit()) == Verdict.MATCH && matcher.hasAddress();
        return found ? AddressFormatter.toString(matcher.high(), matcher.low()) : null;
    }

    private static TokenProgram program(String regex, boolean captures) {
        return Objects.requireNonNull(TokenProgram.of(RegexParser.parse(regex, 0), captures));
    }

    private static ByteBuffer buffer(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return ByteBuffer.allocateDirect(bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes)
                .flip();
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> atom = Arbitraries.of(
                "a", "b", "ab", " ", "\\.", ":", ".", "\\d", "\\w", "\\S", "\\s", "[ab]", "[^a]", "[^\\]:]", "\\[",
                "\\]", "é", "(?i:aB)", "\\b", "$", "^", "-", "1");
        Arbitrary<String> quantifier =
                Arbitraries.of("", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{1,}", "*+", "++");
        Arbitrary<String> simple = Combinators.combine(atom, quantifier).as(TokenProgramTest::quantify);
        Arbitrary<String> sequence = simple.list().ofMinSize(1).ofMaxSize(2).map(parts -> String.join("", parts));
        Arbitrary<String> group = Combinators.combine(sequence, sequence, quantifier)
                .as((one, other, q) -> "(?:" + one + "|" + other + ")" + (q.endsWith("+") && q.length() > 1 ? "" : q));
        Arbitrary<String> tag = Arbitraries.of("<HOST>", "<ADDR>", "<IP4>", "<IP6>", "");
        Arbitrary<String> part = Arbitraries.frequencyOf(Tuple.of(3, sequence), Tuple.of(1, group));
        return Combinators.combine(part, tag, part).as((head, host, tail) -> head + host + tail);
    }

    private static String quantify(String atom, String quantifier) {
        return atom.equals("$") || atom.equals("^") || atom.equals("\\b") ? atom : atom + quantifier;
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(
                        "a", "b", "ab", " ", ".", ":", "1", "12", "[", "]", "é", "B", "-", "1.2.3.4", "::1", "a:b::c",
                        "\n", "_")
                .list()
                .ofMaxSize(7)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> aroundAddresses() {
        Arbitrary<String> before =
                Arbitraries.of("", "^", "from ", "\\[", ".*", "\\S* ", "from \\[?", "(?:x )?", ":", "\\d+");
        Arbitrary<String> tag = Arbitraries.of("<HOST>", "<ADDR>", "<IP4>", "<IP6>");
        Arbitrary<String> after = Arbitraries.of(
                "",
                "$",
                " ",
                "\\]",
                "\\]?:",
                ":\\d+",
                "(?: port)?$",
                "\\b",
                "\\.",
                ",",
                "[^ ]*$",
                "\\s*$",
                "(?:\\]|$)",
                "a",
                "1",
                "x ");
        return Combinators.combine(before, tag, after).as((head, host, tail) -> head + host + tail);
    }

    @Provide
    Arbitrary<String> addressLines() {
        Arbitrary<String> piece = Arbitraries.of(
                "from ",
                " ",
                "[",
                "]",
                ":",
                "::",
                "1",
                "1.2.3.4",
                "10.20.30.40",
                "256.1.1.1",
                "1.2.3",
                "01.2.3.4",
                ".",
                "2001:db8::1",
                "fe80::",
                "::ffff:",
                "::fffff:",
                "ffff",
                "abcd",
                "12345",
                "host.example",
                "-",
                "x ",
                "é",
                ",",
                " port",
                "a:b:c:d:e:f:1:2",
                "%eth0",
                "_");
        return piece.list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("", parts));
    }
}
