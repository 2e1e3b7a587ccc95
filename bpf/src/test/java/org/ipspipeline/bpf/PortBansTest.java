package org.ipspipeline.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bans from some ports only: what the program does with frames, run by the kernel on each of them. */
final class PortBansTest {

    private static final int DROP = 1;
    private static final int PASS = 2;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int SSH = 1;
    private static final int WEB = 2;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private TestNetwork network;
    private XdpFilter filter;
    private BanWriter writer;
    private final List<String> rejected = new ArrayList<>();

    @BeforeEach
    void attach() throws Exception {
        Machine.needsRoot();
        Machine.needsPrograms("ip");
        network = TestNetwork.createDown();
        XdpOptions options = XdpOptions.defaults().withMaxBans(1000).withMaxPortBans(4);
        filter = network.inside(() -> XdpFilter.attach(TestNetwork.INTERFACE, options));
        writer = filter.newWriter(
                (portSet, high, low, length) -> rejected.add(portSet + " " + Addresses.text(high, low) + "/" + length));
        assertThat(filter.definePortSet(SSH, List.of(new PortRange(true, false, 22, 22))))
                .isTrue();
        assertThat(filter.definePortSet(
                        WEB, List.of(new PortRange(true, true, 80, 80), new PortRange(true, true, 8000, 8010))))
                .isTrue();
    }

    @AfterEach
    void detach() throws Exception {
        if (filter != null) {
            filter.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
    void dropsWhatGoesToThePortsAndPassesTheRest(String source) {
        ban(SSH, source, FOR_EVER);
        assertThat(run(source, TCP, 22)).isEqualTo(DROP);
        assertThat(run(source, UDP, 22)).isEqualTo(PASS);
        assertThat(run(source, TCP, 80)).isEqualTo(PASS);
        assertThat(run(source, ICMP, 22)).isEqualTo(PASS);

        ban(WEB, source, FOR_EVER);
        assertThat(run(source, TCP, 80)).isEqualTo(DROP);
        assertThat(run(source, UDP, 8000)).isEqualTo(DROP);
        assertThat(run(source, TCP, 8010)).isEqualTo(DROP);
        assertThat(run(source, TCP, 7999)).isEqualTo(PASS);
        assertThat(run(source, TCP, 8011)).isEqualTo(PASS);

        unban(SSH, source);
        assertThat(run(source, TCP, 22)).isEqualTo(PASS);
        assertThat(run(source, TCP, 80)).isEqualTo(DROP);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.0,24,192.0.2.255,192.0.3.0", "2001:db8:1:2::,64,2001:db8:1:2:3:4:5:6,2001:db8:1:3::1"})
    void bansPrefixes(String prefix, int length, String inside, String outside) {
        writer.ban(SSH, Addresses.high(prefix), Addresses.low(prefix), length, FOR_EVER);
        writer.flush();
        assertThat(run(inside, TCP, 22)).isEqualTo(DROP);
        assertThat(run(inside, TCP, 80)).isEqualTo(PASS);
        assertThat(run(outside, TCP, 22)).isEqualTo(PASS);
        writer.unban(SSH, Addresses.high(prefix), Addresses.low(prefix), length);
        writer.flush();
        assertThat(run(inside, TCP, 22)).isEqualTo(PASS);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 9, 15})
    void findsThePortBehindOptionsOfIpv4(int words) {
        ban(SSH, "192.0.2.7", FOR_EVER);
        assertThat(run(withOptions(frame("192.0.2.7", TCP, 22), words))).isEqualTo(DROP);
        assertThat(run(withOptions(frame("192.0.2.7", TCP, 23), words))).isEqualTo(PASS);
    }

    @Test
    void laterFragmentsPassAndHiddenPortsDoNot() {
        ban(SSH, "192.0.2.7", FOR_EVER);
        ban(SSH, "2001:db8::7", FOR_EVER);
        byte[] first = Frames.with(frame("192.0.2.7", TCP, 22), 20, 0x20);
        assertThat(run(first)).isEqualTo(DROP);
        assertThat(run(Frames.with(first, 21, 1))).isEqualTo(PASS);
        int destinationOptions = 60;
        assertThat(run("2001:db8::7", destinationOptions, 80)).isEqualTo(DROP);
        assertThat(run("2001:db8::8", destinationOptions, 80)).isEqualTo(PASS);
    }

    @Test
    void passesWhatIsTooShortForAPort() {
        ban(SSH, "192.0.2.7", FOR_EVER);
        byte[] frame = frame("192.0.2.7", TCP, 22);
        assertThat(run(Arrays.copyOf(frame, 14 + 20 + 3))).isEqualTo(PASS);
    }

    @Test
    void endsOnTimeAndIsSweptAndListed() {
        long past = 1;
        ban(SSH, "192.0.2.7", past);
        ban(WEB, "192.0.2.7", FOR_EVER);
        assertThat(run("192.0.2.7", TCP, 22)).isEqualTo(PASS);
        assertThat(run("192.0.2.7", TCP, 80)).isEqualTo(DROP);
        assertThat(filter.sweepExpired(System.nanoTime())).isEqualTo(1);
        List<String> seen = new ArrayList<>();
        filter.forEachBan((portSet, high, low, length, expiry, dropped) ->
                seen.add(portSet + " " + Addresses.text(high, low) + "/" + length + " " + dropped));
        assertThat(seen).containsExactly(WEB + " " + Addresses.text(0, Addresses.low("192.0.2.7")) + "/32 1");
        assertThat(filter.findBan(
                        WEB, 0, Addresses.low("192.0.2.7"), 32, (portSet, high, low, length, expiry, dropped) -> {}))
                .isTrue();
        assertThat(filter.findBan(
                        0, Addresses.low("192.0.2.7"), 32, (portSet, high, low, length, expiry, dropped) -> {}))
                .isFalse();
    }

    @Test
    void rejectsWhatHasNoRoom() {
        for (int i = 0; i < 6; i++) {
            writer.ban(SSH, 0, Addresses.low("192.0.2.0") + i, 32, FOR_EVER);
        }
        assertThat(writer.flush()).isEqualTo(2);
        assertThat(rejected).hasSize(2).allMatch(ban -> ban.startsWith(SSH + " ") && ban.endsWith("/32"));
    }

    @Test
    void aPortIsInEightSetsAtMost() {
        for (int set = 10; set < 10 + XdpFilter.MAX_SETS_OF_PORT; set++) {
            assertThat(filter.definePortSet(set, List.of(new PortRange(true, false, 443, 443))))
                    .isTrue();
        }
        assertThat(filter.definePortSet(18, List.of(new PortRange(true, false, 440, 450))))
                .isFalse();
        assertThat(filter.definePortSet(18, List.of(new PortRange(true, false, 444, 450))))
                .isTrue();
        ban(17, "192.0.2.7", FOR_EVER);
        assertThat(run("192.0.2.7", TCP, 443)).isEqualTo(DROP);
        assertThatThrownBy(() -> filter.definePortSet(18, List.of(new PortRange(true, false, 1, 1))))
                .hasMessageContaining("no free port set 18");
    }

    private void ban(int portSet, String address, long expiry) {
        writer.ban(portSet, Addresses.high(address), Addresses.low(address), length(address), expiry);
        writer.flush();
    }

    private void unban(int portSet, String address) {
        writer.unban(portSet, Addresses.high(address), Addresses.low(address), length(address));
        writer.flush();
    }

    private static int length(String address) {
        return address.contains(":") ? 128 : 32;
    }

    private int run(String source, int protocol, int port) {
        return run(frame(source, protocol, port));
    }

    private int run(byte[] frame) {
        return filter.test(frame, 1).action();
    }

    private static byte[] frame(String source, int protocol, int port) {
        byte[] frame = Frames.udp(source);
        boolean ipv4 = !source.contains(":");
        frame[14 + (ipv4 ? 9 : 6)] = (byte) protocol;
        ByteBuffer.wrap(frame).putShort(14 + (ipv4 ? 20 : 40) + 2, (short) port);
        return frame;
    }

    /** The same with options that make the header so many words long. */
    private static byte[] withOptions(byte[] frame, int words) {
        int more = (words - 5) * 4;
        byte[] longer = Arrays.copyOf(frame, frame.length + more);
        longer[14] = (byte) (0x40 | words);
        ByteBuffer.wrap(longer).putShort(16, (short) (29 + more));
        Arrays.fill(longer, 34, 34 + more, (byte) 1);
        System.arraycopy(frame, 34, longer, 34 + more, frame.length - 34);
        return longer;
    }
}
