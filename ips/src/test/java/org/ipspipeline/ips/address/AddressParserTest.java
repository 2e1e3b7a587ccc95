package org.ipspipeline.ips.address;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {

    private final AddressParser parser = new AddressParser();

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 0, ffff01020304",
        "255.255.255.255, 0, ffffffffffff",
        "0.0.0.0, 0, ffff00000000",
        "::ffff:10.1.2.3, 0, ffff0a010203",
        "::FFFF:a01:203, 0, ffff0a010203",
        "::, 0, 0",
        "::1, 0, 1",
        "1::, 1000000000000, 0",
        "2001:db8::1, 20010db800000000, 1",
        "2001:DB8:0:1:2:3:4:5, 20010db800000001, 2000300040005",
        "1:2:3:4:5:6:7::, 1000200030004, 5000600070000",
        "::2:3:4:5:6:7:8, 200030004, 5000600070008",
        "1:2:3:4:5:6:1.2.3.4, 1000200030004, 5000601020304",
        "64:ff9b::192.0.2.33, 64ff9b00000000, c0000221",
        "fe80:0:0:0:1::5, fe80000000000000, 1000000000005"
    })
    void readsAnAddress(String text, String high, String low) {
        assertThat(parser.parseWhole(text)).isTrue();
        assertThat(Long.toHexString(parser.high())).isEqualTo(high);
        assertThat(Long.toHexString(parser.low())).isEqualTo(low);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.",
                "1.2.3.256",
                "1.2.3.4567",
                "01.2.3.4",
                "1.2.3.00",
                "1..2.3",
                "1.2.3.4.5",
                " 1.2.3.4",
                "1.2.3.4 ",
                ":",
                ":::",
                "1:::2",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "::1.2.3.256",
                "fe80::1%eth0",
                "::g",
                "12:34:56",
                "\u0661.2.3.4"
            })
    void refusesWhatIsNone(String text) {
        assertThat(parser.parseWhole(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'1.2.3.4:5060', 7",
        "'1.2.3.4, client', 7",
        "'1.2.3.4.', 7",
        "'1.2.3.4567', -1",
        "'2001:db8::1: no', 11",
        "'2001:db8::1. No', 11",
        "'2001:db8::1]:22', 11",
        "'fe80::1%eth0', 7",
        "'::1 port', 3",
        "'12:34:56 host', -1"
    })
    void stopsWhereTheAddressEnds(String text, int end) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        assertThat(parser.parse(ByteBuffer.wrap(bytes), 0, bytes.length)).isEqualTo(end);
    }

    @Test
    void readsNothingOutsideTheRange() {
        ByteBuffer bytes = ByteBuffer.wrap("91.2.3.45".getBytes(ISO_8859_1));
        assertThat(parser.parse(bytes, 1, 8)).isEqualTo(8);
        assertThat(Addresses.ipv4Bits(parser.low())).isEqualTo(0x01020304);
    }

    @Property(tries = 20_000)
    void agreesWithAReferenceOnAnyText(@ForAll("addressLike") String text) {
        byte[] expected = reference(text);
        assertThat(parser.parseWhole(text)).as(text).isEqualTo(expected != null);
        if (expected != null) {
            ByteBuffer value = ByteBuffer.wrap(expected);
            assertThat(parser.high()).as(text).isEqualTo(value.getLong());
            assertThat(parser.low()).as(text).isEqualTo(value.getLong());
        }
    }

    @Property(tries = 5_000)
    void whatTheFormatterWritesReadsBack(@ForAll long high, @ForAll long low) throws UnknownHostException {
        String text = AddressFormatter.toString(high, low);
        assertThat(parser.parseWhole(text)).as(text).isTrue();
        assertThat(parser.high()).isEqualTo(high);
        assertThat(parser.low()).isEqualTo(low);
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        assertThat(InetAddress.getByName(text)).isEqualTo(InetAddress.getByAddress(bytes));
    }

    @Property(tries = 5_000)
    void everyIpv4AddressReadsBack(@ForAll int bits) {
        long low = Addresses.lowOfIpv4(bits);
        String text = AddressFormatter.toString(0, low);
        assertThat(text)
                .isEqualTo((bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255));
        assertThat(parser.parseWhole(text)).isTrue();
        assertThat(parser.high()).isZero();
        assertThat(parser.low()).isEqualTo(low);
        assertThat(Addresses.isIpv4(parser.high(), parser.low())).isTrue();
    }

    @Provide
    Arbitrary<String> addressLike() {
        Arbitrary<String> octet = Arbitraries.of("0", "1", "9", "10", "99", "127", "255", "256", "00", "01", "1000");
        Arbitrary<String> ipv4 = octet.list().ofMinSize(3).ofMaxSize(5).map(octets -> String.join(".", octets));
        Arbitrary<String> group = Arbitraries.of("0", "1", "a", "ff", "FFFF", "0000", "12345", "", "g");
        Arbitrary<String> separator = Arbitraries.of(":", ":", ":", "::", ":::", ".");
        Arbitrary<String> ipv6 = group.list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .flatMap(groups ->
                        separator.list().ofSize(groups.size()).map(separators -> interleave(groups, separators)));
        Arbitrary<String> mixed = ipv6.flatMap(head -> ipv4.map(tail -> head + tail));
        Arbitrary<String> noise =
                Arbitraries.strings().withChars("0123456789abcdfF:. %").ofMaxLength(20);
        return Arbitraries.frequencyOf(Tuple.of(2, ipv4), Tuple.of(4, ipv6), Tuple.of(2, mixed), Tuple.of(1, noise));
    }

    private static String interleave(List<String> groups, List<String> separators) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.size(); i++) {
            text.append(groups.get(i)).append(separators.get(i));
        }
        return text.toString();
    }

    /** The sixteen bytes by splitting and by the book, as unlike the parser as can be. */
    private static byte @Nullable [] reference(String text) {
        Pattern dotted = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
        if (dotted.matcher(text).matches()) {
            return mapped(octets(text));
        }
        String hexadecimal = text;
        int lastColon = text.lastIndexOf(':');
        if (lastColon >= 0 && dotted.matcher(text.substring(lastColon + 1)).matches()) {
            int[] octets = octets(text.substring(lastColon + 1));
            hexadecimal = text.substring(0, lastColon + 1)
                    + Integer.toHexString(octets[0] << 8 | octets[1])
                    + ":"
                    + Integer.toHexString(octets[2] << 8 | octets[3]);
        }
        int gap = hexadecimal.indexOf("::");
        if (gap >= 0 && hexadecimal.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        List<String> groups = new ArrayList<>();
        if (gap < 0) {
            groups.addAll(List.of(hexadecimal.split(":", -1)));
        } else {
            List<String> head = split(hexadecimal.substring(0, gap));
            List<String> tail = split(hexadecimal.substring(gap + 2));
            groups.addAll(head);
            int missing = 8 - head.size() - tail.size();
            if (missing < 1) {
                return null;
            }
            for (int i = 0; i < missing; i++) {
                groups.add("0");
            }
            groups.addAll(tail);
        }
        if (groups.size() != 8 || !groups.stream().allMatch(group -> group.matches("[0-9a-fA-F]{1,4}"))) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(16);
        groups.forEach(group -> bytes.putShort((short) Integer.parseInt(group, 16)));
        return bytes.array();
    }

    private static List<String> split(String groups) {
        return groups.isEmpty() ? List.of() : List.of(groups.split(":", -1));
    }

    private static int[] octets(String dotted) {
        return Pattern.compile("\\.")
                .splitAsStream(dotted)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static byte[] mapped(int[] octets) {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(0).putShort((short) 0).putShort((short) 0xFFFF);
        for (int octet : octets) {
            bytes.put((byte) octet);
        }
        return bytes.array();
    }
}
