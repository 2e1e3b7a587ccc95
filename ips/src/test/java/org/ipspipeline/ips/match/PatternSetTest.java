package org.ipspipeline.ips.match;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.SampleLine;
import org.junit.jupiter.api.Test;

class PatternSetTest {

    private static final List<String> PATTERNS = List.of(
            "^sshd: Failed \\S+ for .* from <HOST> port \\d+$",
            "Invalid user \\S* from <HOST>(?: port \\d+)?",
            "(?i)client \\[<HOST>\\]: denied",
            "(?<!not )refused from <ADDR>",
            "<IP4> - - \"(?:GET|POST) [^\"]*\" 40[134]",
            "x(\\d)\\1 <HOST>");

    @Test
    void theFirstPatternThatMatchesCounts() {
        PatternSet set = PatternSet.compile(List.of("denied <HOST>", "port .*denied <HOST>", "<HOST> denied"));
        LineBlock block = block("port 1 denied 1.2.3.4", "2.2.2.2 denied", "nothing", "3.3.3.3 denied denied 4.4.4.4");
        set.newMatcher().match(block);
        assertThat(failures(block)).containsExactly("0:0:1.2.3.4", "1:2:2.2.2.2", "3:0:4.4.4.4");
    }

    @Test
    void eachPatternMatchesItsSample() {
        for (String pattern : PATTERNS) {
            PatternSet set = PatternSet.compile(List.of(pattern));
            String sample = new String(set.samples().get(0).with("192.0.2.7"), ISO_8859_1);
            LineBlock block = block(sample);
            set.newMatcher().match(block);
            if (pattern.contains("\\1")) {
                assertThat(sample)
                        .describedAs("a back reference is passed over")
                        .isEqualTo("x0 192.0.2.7");
            } else {
                assertThat(failures(block)).describedAs(sample).containsExactly("0:0:192.0.2.7");
            }
        }
    }

    @Test
    void aSampleSaysWhichAddressesItTakes() {
        PatternSet set = PatternSet.compile(List.of("a <HOST>", "b <IP4>", "c <IP6>"));
        assertThat(set.samples()).map(SampleLine::takesIpv4).containsExactly(true, true, false);
        assertThat(set.samples()).map(SampleLine::takesIpv6).containsExactly(true, false, true);
    }

    @Test
    void aPatternWithoutLiteralsSeesEveryLine() {
        PatternSet set = PatternSet.compile(List.of("^<HOST>$", "denied <HOST>"));
        LineBlock block = block("1.2.3.4", "denied 5.6.7.8", "none", "2001:db8::1");
        set.newMatcher().match(block);
        assertThat(failures(block)).containsExactly("0:0:1.2.3.4", "1:1:5.6.7.8", "3:0:2001:db8::1");
    }

    @Test
    void whatIsNoAddressIsNoFailure() {
        LineBlock block = block("denied 999.1.1.1", "denied host.example", "denied 1::2::3");
        PatternSet.compile(List.of("denied <HOST>")).newMatcher().match(block);
        assertThat(block.failures()).isZero();
    }

    @Test
    void saysWhereAPatternIsWrong() {
        assertThatThrownBy(() -> PatternSet.compile(List.of("from <HOST> (port")))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("position");
        assertThatThrownBy(() -> PatternSet.compile(List.of("from port")))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("<HOST>");
        assertThatThrownBy(() -> PatternSet.compile(List.of("<HOST> to <HOST>")))
                .isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void noLineHoldsUpTheOthers() {
        PatternSet set = PatternSet.compile(
                List.of("denied (?=(?:\\w+\\s?)*=)<HOST>", "denied .*<HOST>"), new MatchLimits(4096, 20_000));
        String slow = "denied " + "a ".repeat(2000);
        LineBlock block = block(slow, "denied 1.2.3.4", "denied " + "x".repeat(5000) + " 6.6.6.6");
        BlockMatcher matcher = set.newMatcher();
        matcher.match(block);
        assertThat(failures(block)).containsExactly("1:1:1.2.3.4");
        assertThat(matcher.overBudget()).isPositive();
        assertThat(matcher.cutLines()).isOne();
    }

    @Test
    void aLineFullOfLiteralsIsScannedToItsEnd() {
        PatternSet set = PatternSet.compile(List.of("denied .*! from <HOST>"));
        LineBlock block =
                block("denied ".repeat(2000), "denied " + "! from ".repeat(6000) + "1.2.3.4", "denied ! from 2.2.2.2");
        set.newMatcher().match(block);
        assertThat(failures(block)).contains("2:0:2.2.2.2");
    }

    @Test
    void matchingAllocatesNothing() {
        PatternSet set = PatternSet.compile(PATTERNS);
        LineBlock block = block(
                "sshd: Failed password for root from 10.0.0.1 port 22",
                "Invalid user x from 2001:db8::1",
                "CLIENT [1.2.3.4]: Denied",
                "nothing of interest",
                "x77 4.4.4.4",
                "1.2.3.4 - - \"GET /x\" 404");
        BlockMatcher matcher = set.newMatcher();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            block.clearFailures();
            matcher.match(block);
        }
        assertThat(block.failures()).isEqualTo(5);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            block.clearFailures();
            matcher.match(block);
        }
        // What asking allocates, and a compilation that begins meanwhile: far below a byte a line.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    @Property(tries = 3_000)
    void everyEngineAgreesWithTheExpressions(@ForAll("logs") List<String> lines) {
        LineBlock block = block(lines.toArray(String[]::new));
        Engines.HYPERSCAN.match(block);
        List<String> found = failures(block);
        block.clearFailures();
        Engines.PORTABLE.match(block);
        assertThat(failures(block)).isEqualTo(found);
        assertThat(found).as(lines.toString()).isEqualTo(reference(lines));
    }

    private static final class Engines {
        static final BlockMatcher HYPERSCAN = PatternSet.compile(PATTERNS).newMatcher();
        static final BlockMatcher PORTABLE =
                PatternSet.compilePortable(PATTERNS, MatchLimits.STANDARD).newMatcher();
    }

    private static List<String> reference(List<String> lines) {
        List<String> found = new ArrayList<>();
        AddressParser parser = new AddressParser();
        for (int line = 0; line < lines.size(); line++) {
            for (int pattern = 0; pattern < PATTERNS.size(); pattern++) {
                Matcher matcher = expanded(PATTERNS.get(pattern)).matcher(lines.get(line));
                if (matcher.find()) {
                    for (String group : List.of(AddressTag.IPV4_GROUP, AddressTag.IPV6_GROUP)) {
                        String host =
                                matcher.pattern().pattern().contains("<" + group + ">") ? matcher.group(group) : null;
                        if (host != null && parser.parseWhole(host)) {
                            found.add(line + ":" + pattern + ":"
                                    + AddressFormatter.toString(parser.high(), parser.low()));
                        }
                    }
                    break;
                }
            }
        }
        return found;
    }

    private static Pattern expanded(String pattern) {
        String expanded = pattern.replace("<HOST>", AddressTag.ADDR.regex())
                .replace("<ADDR>", AddressTag.ADDR.regex())
                .replace("<IP4>", AddressTag.IP4.regex());
        return Pattern.compile(expanded, Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS);
    }

    @Provide
    Arbitrary<List<String>> logs() {
        return Arbitraries.of(
                        "sshd: Failed ",
                        "password",
                        " for ",
                        "root",
                        " from ",
                        " port ",
                        "22",
                        "Invalid user ",
                        "client [",
                        "Client [",
                        "]: denied",
                        "]: DENIED",
                        "not ",
                        "refused from ",
                        " - - \"GET ",
                        "\" 404",
                        "x11 ",
                        "x12 ",
                        "1.2.3.4",
                        "10.20.30.400",
                        "2001:db8::1",
                        "::ffff:9.8.7.6",
                        "[::1]",
                        "host",
                        " ",
                        "é")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(6);
    }

    private static LineBlock block(String... lines) {
        LineBlock block = new LineBlock(64, 256 * 1024);
        for (String line : lines) {
            byte[] bytes = line.getBytes(UTF_8);
            assertThat(block.lines().append(bytes, 0, bytes.length, 0)).isTrue();
        }
        return block;
    }

    private static List<String> failures(LineBlock block) {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < block.failures(); i++) {
            failures.add(block.line(i) + ":" + block.pattern(i) + ":"
                    + AddressFormatter.toString(block.high(i), block.low(i)));
        }
        return failures;
    }
}
