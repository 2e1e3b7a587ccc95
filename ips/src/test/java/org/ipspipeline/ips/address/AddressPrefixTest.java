package org.ipspipeline.ips.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3, 10.1.2.3",
        "10.1.2.3/32, 10.1.2.3",
        "10.1.2.3/255.255.0.0, 10.1.0.0/16",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8:1::/32, 2001:db8::/32",
        "::/0, ::/0",
        "::ffff:1.2.3.4/104, 1.0.0.0/8",
        "::1, ::1"
    })
    void readsAndWrites(String text, String written) {
        assertThat(prefix(text)).hasToString(written);
        assertThat(prefix(written)).isEqualTo(prefix(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8x",
                "10.0.0.0/255.0.255.0",
                "::/129",
                "host",
                "10/8",
                "1.2.3.4/8/8"
            })
    void refusesWhatIsNone(String text) {
        assertThat(AddressPrefix.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "0.0.0.0/0, 255.1.1.1, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 1.2.3.4, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::/65, 2001:db8::7fff:0:0:1, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1, false"
    })
    void containsWhatBeginsAlike(String prefix, String address, boolean contains) {
        AddressPrefix single = prefix(address);
        assertThat(prefix(prefix).contains(single.high(), single.low())).isEqualTo(contains);
    }

    @Property
    void rangesAnswerAsTheirPrefixesDo(
            @ForAll @Size(max = 20) List<@IntRange(max = 0xFFFF) Integer> numbers,
            @ForAll @IntRange(max = 0xFFFF) int address) {
        List<AddressPrefix> prefixes = numbers.stream()
                .map(number -> new AddressPrefix(0, Addresses.lowOfIpv4(number >>> 4), 128 - (number & 15)))
                .toList();
        long low = Addresses.lowOfIpv4(address >>> 4);
        assertThat(AddressRanges.of(prefixes).contains(0, low))
                .isEqualTo(prefixes.stream().anyMatch(prefix -> prefix.contains(0, low)));
    }

    @Test
    void noRangesContainNothing() {
        assertThat(AddressRanges.EMPTY.isEmpty()).isTrue();
        assertThat(AddressRanges.EMPTY.contains(0, 0)).isFalse();
        assertThat(AddressRanges.of(List.of(prefix("::/0"))).contains(-1, -1)).isTrue();
    }

    private static AddressPrefix prefix(String text) {
        return Objects.requireNonNull(AddressPrefix.parse(text), text);
    }
}
