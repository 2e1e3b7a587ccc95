package org.ipspipeline.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.bpf.XdpException.Reason;
import org.ipspipeline.bpf.XdpOptions.ModeChoice;
import org.ipspipeline.bpf.kernel.BpfLink.Mode;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program does with frames, run by the kernel on each of them. */
final class XdpFilterTest {

    private static final int DROP = 1;
    private static final int PASS = 2;
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
        attach(XdpOptions.defaults().withMaxBans(1000));
    }

    private void attach(XdpOptions options) throws Exception {
        if (filter != null) {
            filter.close();
        }
        filter = network.inside(() -> XdpFilter.attach(TestNetwork.INTERFACE, options));
        writer = filter.newWriter((portSet, high, low, length) -> rejected.add(high + "," + low + "/" + length));
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

    @Test
    void dropsBannedAddressesAndNoOthers() {
        ban("192.0.2.7", 32, FOR_EVER);
        ban("2001:db8::7", 128, FOR_EVER);
        assertThat(action("192.0.2.7")).isEqualTo(DROP);
        assertThat(action("192.0.2.8")).isEqualTo(PASS);
        assertThat(action("2001:db8::7")).isEqualTo(DROP);
        assertThat(action("2001:db8::8")).isEqualTo(PASS);
        assertThat(action("::ffff:0:192.0.2.7")).isEqualTo(PASS);

        TrafficCounters counters = filter.counters();
        assertThat(counters.ipv4()).isEqualTo(new TrafficCounters.Family(1, 1, 0, 0));
        assertThat(counters.ipv6()).isEqualTo(new TrafficCounters.Family(2, 1, 0, 0));
        assertThat(counters.dropped()).isEqualTo(2);
    }

    @Test
    void looksThroughTwoVlanTags() {
        ban("192.0.2.7", 32, FOR_EVER);
        ban("2001:db8::7", 128, FOR_EVER);
        assertThat(run(Frames.udp("192.0.2.7", Frames.VLAN))).isEqualTo(DROP);
        assertThat(run(Frames.udp("192.0.2.7", Frames.VLAN_OUTER, Frames.VLAN))).isEqualTo(DROP);
        assertThat(run(Frames.udp("2001:db8::7", Frames.VLAN_OUTER, Frames.VLAN)))
                .isEqualTo(DROP);
        assertThat(run(Frames.udp("192.0.2.8", Frames.VLAN))).isEqualTo(PASS);
        assertThat(run(Frames.udp("192.0.2.7", Frames.VLAN, Frames.VLAN, Frames.VLAN)))
                .isEqualTo(PASS);
        assertThat(filter.counters().other().passed()).isEqualTo(1);
    }

    @Test
    void passesAndCountsWhatItCannotParse() {
        ban("192.0.2.7", 32, FOR_EVER);
        ban("2001:db8::7", 128, FOR_EVER);
        byte[] ipv4 = Frames.udp("192.0.2.7");
        byte[] ipv6 = Frames.udp("2001:db8::7");
        List<byte[]> malformed4 = List.of(
                Frames.cut(ipv4, 14),
                Frames.cut(ipv4, 33),
                Frames.with(ipv4, 14, 0x44),
                Frames.with(ipv4, 14, 0x4F),
                Frames.with(ipv4, 14, 0x65),
                Frames.with(ipv4, 17, 19));
        List<byte[]> malformed6 = List.of(Frames.cut(ipv6, 14), Frames.cut(ipv6, 53), Frames.with(ipv6, 14, 0x45));
        malformed4.forEach(frame -> assertThat(run(frame)).isEqualTo(PASS));
        malformed6.forEach(frame -> assertThat(run(frame)).isEqualTo(PASS));
        assertThat(run(Frames.cut(Frames.udp("192.0.2.7", Frames.VLAN), 17))).isEqualTo(PASS);
        assertThat(run(Frames.arp())).isEqualTo(PASS);

        TrafficCounters counters = filter.counters();
        assertThat(counters.ipv4()).isEqualTo(new TrafficCounters.Family(0, 0, malformed4.size(), 0));
        assertThat(counters.ipv6()).isEqualTo(new TrafficCounters.Family(0, 0, malformed6.size(), 0));
        assertThat(counters.other()).isEqualTo(new TrafficCounters.Family(1, 0, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0,24,192.0.2.255,192.0.3.0",
        "192.0.2.128,25,192.0.2.200,192.0.2.1",
        "0.0.0.0,1,127.0.0.1,128.0.0.1",
        "2001:db8:1:2::,64,2001:db8:1:2:3:4:5:6,2001:db8:1:3::",
        "2001:db8::,32,2001:db8:ffff::1,2001:db9::1",
        "2001:db8::,127,2001:db8::1,2001:db8::2",
        "2001:db8:0:0:8000::,65,2001:db8:0:0:8000::1,2001:db8::1",
    })
    void dropsBannedPrefixes(String prefix, int length, String within, String outside) {
        ban(prefix, length, FOR_EVER);
        assertThat(action(within)).isEqualTo(DROP);
        assertThat(action(outside)).isEqualTo(PASS);
        unban(within, length);
        assertThat(action(within)).isEqualTo(PASS);
    }

    @Test
    void endsBansOnTimeByItself() {
        long now = System.nanoTime();
        ban("192.0.2.7", 32, now - TimeUnit.SECONDS.toNanos(1));
        ban("2001:db8::7", 128, now - TimeUnit.SECONDS.toNanos(1));
        ban("192.0.2.8", 32, now + TimeUnit.HOURS.toNanos(1));
        long soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        ban("192.0.2.9", 32, soon);
        assertThat(action("192.0.2.7")).isEqualTo(PASS);
        assertThat(action("2001:db8::7")).isEqualTo(PASS);
        assertThat(action("192.0.2.8")).isEqualTo(DROP);
        // The kernel's coarse clock is up to a tick behind: a ban may last that much longer, never shorter.
        while (action("192.0.2.9") == DROP) {
            assertThat(System.nanoTime()).isLessThan(soon + TimeUnit.SECONDS.toNanos(5));
        }
        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(soon);
    }

    @Test
    void anExpiredPrefixDoesNotHideAShorterOneInForce() {
        long past = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
        ban("192.0.0.0", 16, FOR_EVER);
        ban("192.0.2.0", 24, past);
        ban("192.0.2.0", 28, past);
        ban("2001:db8::", 32, FOR_EVER);
        ban("2001:db8::", 48, past);
        assertThat(action("192.0.2.1")).isEqualTo(DROP);
        assertThat(action("2001:db8::1")).isEqualTo(DROP);
    }

    @Test
    void neverDropsWhatTheAllowListHas() {
        ban("192.0.2.7", 32, FOR_EVER);
        ban("192.0.0.0", 16, FOR_EVER);
        ban("2001:db8::7", 128, FOR_EVER);
        allow("192.0.2.0", 24);
        allow("2001:db8::7", 128);
        assertThat(action("192.0.2.7")).isEqualTo(PASS);
        assertThat(action("192.0.3.7")).isEqualTo(DROP);
        assertThat(action("2001:db8::7")).isEqualTo(PASS);
        assertThat(filter.counters().ipv4()).isEqualTo(new TrafficCounters.Family(1, 1, 0, 1));

        assertThat(filter.disallow(Addresses.high("192.0.2.0"), Addresses.low("192.0.2.0"), 24))
                .isTrue();
        assertThat(action("192.0.2.7")).isEqualTo(DROP);
        filter.clearAllowList();
        assertThat(action("2001:db8::7")).isEqualTo(DROP);
    }

    @Test
    void countsDroppedPacketsByBan() {
        ban("192.0.2.7", 32, FOR_EVER);
        filter.test(Frames.udp("192.0.2.7"), 41);
        List<String> seen = new ArrayList<>();
        filter.forEachBan(
                (portSet, high, low, length, expiry, dropped) -> seen.add(low + "/" + length + " " + dropped));
        assertThat(seen).containsExactly(Addresses.low("192.0.2.7") + "/32 41");
        assertThat(filter.findBan(0, Addresses.low("192.0.2.7"), 32, (portSet, high, low, length, expiry, dropped) -> {
                    assertThat(dropped).isEqualTo(41);
                    assertThat(expiry).isEqualTo(FOR_EVER);
                }))
                .isTrue();
        assertThat(filter.findBan(
                        0, Addresses.low("192.0.2.8"), 32, (portSet, high, low, length, expiry, dropped) -> {}))
                .isFalse();
    }

    @Test
    void saysWhichBansHaveNoRoomAndKeepsTheOthers() throws Exception {
        attach(XdpOptions.defaults().withMaxBans(100));
        for (int i = 0; i < 150; i++) {
            writer.ban(0, Addresses.low("192.0.2.0") + i, 32, FOR_EVER);
            writer.ban(Addresses.high("2001:db8::") + i, 0, 64, FOR_EVER);
        }
        assertThat(writer.flush()).isEqualTo(100);
        assertThat(rejected).hasSize(100).contains("0," + (Addresses.low("192.0.2.0") + 149) + "/32");
        assertThat(countBans()).isEqualTo(200);

        assertThat(writer.flush()).isZero();
        writer.ban(0, Addresses.low("192.0.2.0"), 32, 1);
        assertThat(writer.flush())
                .as("a ban that is there already can be changed")
                .isZero();
        assertThat(action("192.0.2.0")).isEqualTo(PASS);
    }

    @Test
    void sweepsWhatHasExpired() {
        long now = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            long expiry = i % 4 == 0 ? FOR_EVER : now - i;
            writer.ban(0, Addresses.low("192.0.2.0") + i, 32, expiry);
            writer.ban(0, Addresses.low("10.0.0.0") + (i << 8), 24, expiry);
            writer.ban(Addresses.high("2001:db8::"), i, 128, expiry);
            writer.ban(Addresses.high("2001:db8::") + i, 0, 64, expiry);
            writer.ban(Addresses.high("2001:db8::") + ((long) i << 16), 0, 48, expiry);
        }
        assertThat(writer.flush()).isZero();
        assertThat(countBans()).isEqualTo(5000);
        assertThat(filter.sweepExpired(now)).isEqualTo(3750);
        assertThat(countBans()).isEqualTo(1250);
        assertThat(action("192.0.2.0")).isEqualTo(DROP);
        filter.clearBans();
        assertThat(countBans()).isZero();
        assertThat(action("192.0.2.0")).isEqualTo(PASS);
        ban("192.0.2.0", 32, FOR_EVER);
        assertThat(action("192.0.2.0")).isEqualTo(DROP);
    }

    @Test
    void takesBansAndUnbansInTheirOrder() {
        writer.ban(0, Addresses.low("192.0.2.7"), 32, FOR_EVER);
        writer.unban(0, Addresses.low("192.0.2.7"), 32);
        writer.unban(0, Addresses.low("192.0.2.9"), 32);
        writer.ban(0, Addresses.low("192.0.2.8"), 32, FOR_EVER);
        writer.flush();
        assertThat(action("192.0.2.7")).isEqualTo(PASS);
        assertThat(action("192.0.2.8")).isEqualTo(DROP);
    }

    @Test
    void refusesPrefixLengthsThatAFamilyLacks() {
        assertThatThrownBy(() -> writer.ban(0, Addresses.low("192.0.2.7"), 33, FOR_EVER))
                .hasMessage("prefix length 33 is not within 0 to 32");
        assertThatThrownBy(() -> writer.ban(1, 1, 129, FOR_EVER)).hasMessageContaining("within 0 to 128");
    }

    @Test
    void isNativeOnVethAndGenericOnLoopback() throws Exception {
        assertThat(filter.mode()).isEqualTo(Mode.NATIVE);
        assertThat(filter.name()).isEqualTo("xdp-native");
        network.inside(() -> {
            try (XdpFilter loopback = XdpFilter.attach("lo", XdpOptions.defaults())) {
                assertThat(loopback.mode()).isEqualTo(Mode.GENERIC);
                assertThat(loopback.name()).isEqualTo("xdp-generic");
            }
            assertThatThrownBy(
                            () -> XdpFilter.attach("lo", XdpOptions.defaults().withMode(ModeChoice.NATIVE)))
                    .isInstanceOfSatisfying(
                            XdpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SUPPORTED))
                    .hasMessage("xdp: lo: the driver cannot run an XDP program in native mode (EOPNOTSUPP, not"
                            + " supported); use mode auto or generic");
            return null;
        });
    }

    private int countBans() {
        int[] count = new int[1];
        filter.forEachBan((portSet, high, low, length, expiry, dropped) -> count[0]++);
        return count[0];
    }

    private void ban(String address, int length, long expiry) {
        writer.ban(Addresses.high(address), Addresses.low(address), length, expiry);
        assertThat(writer.flush()).isZero();
    }

    private void unban(String address, int length) {
        writer.unban(Addresses.high(address), Addresses.low(address), length);
        writer.flush();
    }

    private void allow(String address, int length) {
        assertThat(filter.allow(Addresses.high(address), Addresses.low(address), length))
                .isTrue();
    }

    private int action(String source) {
        return run(Frames.udp(source));
    }

    private int run(byte[] frame) {
        return filter.test(frame, 1).action();
    }
}
