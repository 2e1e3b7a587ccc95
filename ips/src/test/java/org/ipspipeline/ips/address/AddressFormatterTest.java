package org.ipspipeline.ips.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Out;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFormatterTest {

    private static final int AF_INET6 = 10;
    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:0:0:1:0:0, 2001:db8::1:0:0",
        "2001:0db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "0:0:0:0:0:ffff:102:304, 1.2.3.4",
        "::ffff:5100, ::255.255.81.0",
        "::1:0, ::0.1.0.0",
        "::ffff, ::ffff",
        "::1:0:0, ::1:0:0",
        "a00:b0:9:fff:0:0:abcd:1, a00:b0:9:fff::abcd:1"
    })
    void writesAsRfc5952Wants(String address, String text) {
        AddressParser parser = new AddressParser();
        assertThat(parser.parseWhole(address)).isTrue();
        assertThat(AddressFormatter.toString(parser.high(), parser.low())).isEqualTo(text);
    }

    /** inet_ntop(3). */
    public interface LibC {
        Pointer inet_ntop(int family, byte[] address, @Out byte[] text, int size);
    }

    @Property
    void writesAsInetNtop(@ForAll("halves") long high, @ForAll("halves") long low) {
        String text = AddressFormatter.toString(high, low);
        AddressParser parser = new AddressParser();
        assertThat(parser.parseWhole(text)).describedAs(text).isTrue();
        assertThat(parser.high()).isEqualTo(high);
        assertThat(parser.low()).isEqualTo(low);
        if (!Addresses.isIpv4(high, low)) {
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            byte[] expected = new byte[64];
            assertThat(LIBC.inet_ntop(AF_INET6, bytes, expected, expected.length))
                    .isNotNull();
            assertThat(text + '\0').isEqualTo(new String(expected, 0, text.length() + 1, StandardCharsets.US_ASCII));
        }
    }

    @Provide
    Arbitrary<Long> halves() {
        return Arbitraries.of(0L, 1L, 0xFL, 0x10L, 0xFFL, 0x100L, 0xFFFL, 0x1000L, 0xFFFFL, 0xA9BL)
                .list()
                .ofSize(4)
                .map(groups -> groups.get(0) << 48 | groups.get(1) << 32 | groups.get(2) << 16 | groups.get(3));
    }

    @Test
    void writesInPlace() {
        ByteBuffer into = ByteBuffer.allocateDirect(64);
        int end = AddressFormatter.format(0, Addresses.lowOfIpv4(0xC0000201), into, 10);
        assertThat(end).isEqualTo(10 + "192.0.2.1".length());
        assertThat(into.get(9)).isZero();
        assertThat(into.get(10)).isEqualTo((byte) '1');
        assertThat(into.get(end)).isZero();
        assertThat(into.position()).isZero();
    }
}
