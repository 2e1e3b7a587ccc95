package org.ipspipeline.loadgen.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;

/** Frames against a checksum computed in the plain way: over every word, pseudo header included, the sum is all ones. */
final class FrameTest {

    private static final MacAddress FROM = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress TO = MacAddress.parse("02:00:00:00:00:02");

    @Property
    void ipv4ChecksumsAreRightForEverySource(
            @ForAll int source, @ForAll int target, @ForAll @IntRange(min = 1, max = 99) int payload) {
        AddressRange sources = new AddressRange(Address.ofIpv4(0), 1);
        Frame frame = Frame.of(FROM, TO, new Flood(Address.ofIpv4(target), 8080, sources, payload, 0, 0));
        ByteBuffer bytes = ByteBuffer.allocate(frame.length() + 4);
        frame.writeTo(bytes, 2);
        frame.setSource(bytes, 2, 0, Address.ofIpv4(source).low());
        ByteBuffer sent = bytes.slice(2, frame.length());
        assertThat(sent.getInt(26)).isEqualTo(source);
        assertThat(sent.getInt(30)).isEqualTo(target);
        assertThat(sum(sent, 14, 34)).isEqualTo(0xFFFF);
        int length = sent.getShort(38);
        assertThat(34 + length).isEqualTo(frame.length());
        assertThat(fold(sum(sent, 26, frame.length()) + 17 + length)).isEqualTo(0xFFFF);
    }

    @Property
    void ipv6ChecksumsAreRightForEverySource(
            @ForAll long high, @ForAll long low, @ForAll @IntRange(min = 1, max = 99) int payload) {
        Address target = new Address(0xFD00_0000_0000_0000L, 7);
        AddressRange sources = new AddressRange(new Address(0xFD00_0000_0000_0000L, 0), 1);
        Frame frame = Frame.of(FROM, TO, new Flood(target, 8080, sources, payload, 0, 0));
        ByteBuffer bytes = ByteBuffer.allocate(frame.length());
        frame.writeTo(bytes, 0);
        frame.setSource(bytes, 0, high, low);
        assertThat(bytes.getLong(22)).isEqualTo(high);
        assertThat(bytes.getLong(30)).isEqualTo(low);
        int length = bytes.getShort(58);
        assertThat(bytes.getShort(18)).isEqualTo((short) length);
        assertThat(fold(sum(bytes, 22, frame.length()) + 17 + length)).isEqualTo(0xFFFF);
        assertThat(bytes.getShort(60)).isNotZero();
    }

    private static int sum(ByteBuffer bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            int value = bytes.get(i) & 0xFF;
            sum = fold(sum + ((i - from) % 2 == 0 ? value << 8 : value));
        }
        return sum;
    }

    private static int fold(int sum) {
        return sum > 0xFFFF ? fold((sum & 0xFFFF) + (sum >>> 16)) : sum;
    }
}
