package org.ipspipeline.ips.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.line.LineBlock;
import org.junit.jupiter.api.Test;

final class BlockMatcherTest {

    private static final List<String> PATTERNS = List.of(
            "client <HOST> exceeded request rate limit$",
            "^Failed password for .* from <HOST>( port \\d+)?$",
            "(?P<user>\\w+) is not (?P=user) from <HOST>",
            "<IP6> only");

    private static final String[] LINES = {
        "2026-01-01 00:00:00 client 192.0.2.1 exceeded request rate limit",
        "2026-01-01 00:00:00 client 2001:db8::1 exceeded request rate limit",
        "client exceeded request rate limit",
        "Failed password for root from 198.51.100.7 port 22",
        "x Failed password for root from 198.51.100.7 port 22",
        "bob is not bob from 203.0.113.9",
        "bob is not eve from 203.0.113.9",
        "::1 only",
        "10.0.0.1 only",
        "",
        "nothing of interest",
    };

    private static final String[] HOSTS = {
        "192.0.2.1", "2001:db8::1", null, "198.51.100.7", null, "203.0.113.9", null, "::1", null, null, null
    };

    private final PatternSet patterns = PatternSet.compile(PATTERNS);
    private final BlockMatcher matcher = patterns.newMatcher();

    @Test
    void hyperscanLooksForTheLiterals() {
        assertThat(PatternSet.compile(PATTERNS.subList(0, 2)).engine()).startsWith("Hyperscan 5.4");
    }

    @Property(tries = 200)
    void everyLineOfABlockGetsTheVerdictThatItGetsAlone(
            @ForAll @Size(max = 300) List<@IntRange(max = 10) Integer> choice) {
        LineBlock block = new LineBlock(300, 64 * 1024);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < choice.size(); i++) {
            append(block, LINES[choice.get(i)]);
            if (HOSTS[choice.get(i)] != null) {
                expected.add(i + " " + HOSTS[choice.get(i)]);
            }
        }

        matcher.match(block);

        List<String> found = new ArrayList<>();
        for (int failure = 0; failure < block.failures(); failure++) {
            found.add(block.line(failure) + " " + AddressFormatter.toString(block.high(failure), block.low(failure)));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void moreHitsThanThereIsRoomForLoseNoLine() {
        LineBlock block = new LineBlock(40, 64 * 1024);
        String line = "exceeded request rate limit ".repeat(40) + "client 192.0.2.1 exceeded request rate limit";
        for (int i = 0; i < 40; i++) {
            append(block, line);
        }
        String many = "client ".repeat(8000) + "192.0.2.1 exceeded request rate limit";
        LineBlock one = new LineBlock(1, 128 * 1024);
        append(one, many);

        matcher.match(block);
        matcher.match(one);

        assertThat(block.failures()).isEqualTo(40);
        assertThat(one.failures()).isEqualTo(1);
    }

    @Test
    void theFirstPatternOfTheSetCounts() {
        LineBlock block = new LineBlock(1, 1024);
        append(block, "a b 192.0.2.1");
        PatternSet.compile(List.of("zzz <HOST>", "b <HOST>", "a b <HOST>"))
                .newMatcher()
                .match(block);
        assertThat(block.failures()).isEqualTo(1);
        assertThat(block.pattern(0)).isEqualTo(1);
    }

    @Test
    void aPatternThatDoesNotCompileIsNamedWithThePosition() {
        assertThatThrownBy(() -> PatternSet.compile(List.of("from <HOST> (port")))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("from <HOST> (port")
                .hasMessageContaining("position 17");
        assertThatThrownBy(() -> PatternSet.compile(List.of("no tag")))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("<HOST>");
    }

    private static void append(LineBlock block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(block.lines().append(bytes, 0, bytes.length, Stamps.NONE)).isTrue();
    }
}
