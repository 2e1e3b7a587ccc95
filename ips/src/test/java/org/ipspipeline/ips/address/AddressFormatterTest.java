package org.ipspipeline.ips.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFormatterTest {

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
        "0:0:0:0:0:ffff:102:304, 1.2.3.4"
    })
    void writesAsRfc5952Wants(String address, String text) {
        AddressParser parser = new AddressParser();
        assertThat(parser.parseWhole(address)).isTrue();
        assertThat(AddressFormatter.toString(parser.high(), parser.low())).isEqualTo(text);
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
