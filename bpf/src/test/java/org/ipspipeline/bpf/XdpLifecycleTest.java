package org.ipspipeline.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.bpf.XdpException.Reason;
import org.ipspipeline.bpf.kernel.BpfFileSystem;
import org.ipspipeline.bpf.kernel.BpfLink;
import org.ipspipeline.bpf.kernel.BpfLink.Mode;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.BpfProgram;
import org.ipspipeline.bpf.kernel.NetworkInterfaces;
import org.ipspipeline.bpf.object.ObjectFile;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of programs, pins and bans when processes come and go; real datagrams tell. */
final class XdpLifecycleTest {

    private static final String FOR_LONG = "3600";

    @TempDir
    private Path temporary;

    private TestNetwork network;
    private Path pins;

    @BeforeEach
    void setUp() throws Exception {
        Machine.needsRoot();
        Machine.needsPrograms("ip", "nsenter", "setpriv");
        network = TestNetwork.create();
        pins = temporary.resolve("pins");
    }

    @AfterEach
    void tearDown() throws Exception {
        if (pins != null && Files.isDirectory(pins) && BpfFileSystem.isIn(pins)) {
            BpfFileSystem.unmount(pins);
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void nothingIsLeftBehindByAProcessThatWasKilled() throws Exception {
        try (ChildJvm process = start("-", TestNetwork.PEER_ADDRESS, "32", FOR_LONG)) {
            assertThat(process.firstLine()).isEqualTo("attached xdp-native");
            assertThat(gotThrough()).isFalse();
            assertThat(isXdpAttached()).isTrue();
            process.kill();
        }
        await().until(() -> !isXdpAttached());
        assertThat(gotThrough()).isTrue();
    }

    @Test
    void pinnedBansEndOnTimeWithNobodyThere() throws Exception {
        try (ChildJvm process = start(pins.toString(), TestNetwork.PEER_ADDRESS, "32", "4")) {
            assertThat(process.firstLine()).isEqualTo("attached xdp-native");
        }
        assertThat(isXdpAttached()).isTrue();
        assertThat(gotThrough()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(this::gotThrough);
        assertThat(isXdpAttached()).isTrue();
    }

    @Test
    void takesOverWhatAProcessBeforeHasPinned() throws Exception {
        try (ChildJvm process =
                start(pins.toString(), TestNetwork.PEER_ADDRESS, "32", FOR_LONG, "2001:db8::", "48", FOR_LONG)) {
            assertThat(process.firstLine()).isEqualTo("attached xdp-native");
        }
        XdpOptions options = XdpOptions.defaults().withPinDirectory(pins);
        for (XdpOptions again :
                List.of(options.withMaxBans(1000), options.withMaxBans(10), options.withMaxBans(2000))) {
            try (XdpFilter filter = attach(again)) {
                assertThat(filter.mode()).isEqualTo(Mode.NATIVE);
                assertThat(bans(filter)).containsExactlyInAnyOrder("10.9.0.2/32", "2001:db8::/48");
                assertThat(gotThrough()).isFalse();
            }
        }
        assertThat(gotThrough()).isFalse();

        XdpFilter filter = attach(options);
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
        writer.unban(0, Addresses.low(TestNetwork.PEER_ADDRESS), 32);
        writer.flush();
        assertThat(gotThrough()).isTrue();
        filter.detach();
        assertThat(isXdpAttached()).isFalse();
        assertThat(pins.resolve(TestNetwork.INTERFACE)).doesNotExist();
    }

    @Test
    void attachesAnewWhenTheInterfaceIsAnother() throws Exception {
        XdpOptions options = XdpOptions.defaults().withPinDirectory(pins);
        try (XdpFilter filter = attach(options)) {
            BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
            writer.ban(0, Addresses.low(TestNetwork.PEER_ADDRESS), 32, Long.MAX_VALUE);
            writer.flush();
        }
        TestNetwork.ip(network.name(), "link del " + TestNetwork.INTERFACE);
        network.join();
        assertThat(isXdpAttached()).isFalse();
        try (XdpFilter filter = attach(options)) {
            assertThat(isXdpAttached()).isTrue();
            assertThat(bans(filter)).containsExactly("10.9.0.2/32");
            filter.detach();
        }
    }

    @Test
    void refusesToReplaceAForeignProgram() throws Exception {
        ObjectFile foreign = ObjectFile.ofResource("frame_sender.o");
        Map<String, BpfMap> maps = new HashMap<>();
        foreign.maps().forEach((name, definition) -> maps.put(name, BpfMap.create(definition)));
        try (BpfProgram program = foreign.load(maps);
                BpfLink link = network.inside(
                        () -> BpfLink.attach(program, NetworkInterfaces.indexOf(TestNetwork.INTERFACE), Mode.NATIVE))) {
            assertThatThrownBy(() -> attach(XdpOptions.defaults().withPinDirectory(pins)))
                    .isInstanceOfSatisfying(
                            XdpException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OCCUPIED))
                    .hasMessage("xdp: inside0: the XDP program 'ips_send_frame' (id " + program.id()
                            + ") is attached by a link; end the process that holds it, or remove its pin");
            assertThat(link.programId()).isEqualTo(program.id());
        }
        maps.values().forEach(BpfMap::close);
        assertThat(pins.resolve(TestNetwork.INTERFACE)).doesNotExist();
        assertThat(isXdpAttached()).isFalse();
    }

    @Test
    void refusesToReplaceAProgramThatWasAttachedWithoutALink() throws Exception {
        Machine.needsPrograms("clang");
        Path source = Files.writeString(temporary.resolve("pass.c"), """
                __attribute__((section("xdp"), used)) int pass(void *context) { return 2; }
                __attribute__((section("license"), used)) char text[] = "Apache-2.0";
                """);
        String object = temporary.resolve("pass.o").toString();
        TestNetwork.run("clang", "-target", "bpf", "-O2", "-c", source.toString(), "-o", object);
        String device = "link set dev " + TestNetwork.INTERFACE;
        TestNetwork.ip(network.name(), device + " xdp obj " + object + " sec xdp");
        assertThatThrownBy(() -> attach(XdpOptions.defaults()))
                .isInstanceOfSatisfying(
                        XdpException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OCCUPIED))
                .hasMessage("xdp: inside0: another XDP program is attached; detach it with"
                        + " 'ip link set dev inside0 xdp off'");
        TestNetwork.ip(network.name(), device + " xdp off");
        attach(XdpOptions.defaults()).close();
    }

    @Test
    void saysWhichPrivilegesAreMissing() throws Exception {
        try (ChildJvm process = ChildJvm.start(
                network.name(), ChildJvm.NO_CAPABILITIES, FilterProcess.class, TestNetwork.INTERFACE, "-")) {
            assertThat(process.firstLine())
                    .isEqualTo("NOT_PERMITTED xdp: inside0: not permitted; run as root, or with both CAP_BPF and"
                            + " CAP_NET_ADMIN (and CAP_SYS_ADMIN to mount a pin directory)");
        }
        try (ChildJvm process = ChildJvm.start(
                network.name(), ChildJvm.TWO_CAPABILITIES, FilterProcess.class, TestNetwork.INTERFACE, "-")) {
            assertThat(process.firstLine()).isEqualTo("attached xdp-native");
        }
    }

    @Test
    void saysThatTheInterfaceIsMissing() {
        assertThatThrownBy(() -> XdpFilter.attach("none0", XdpOptions.defaults()))
                .isInstanceOfSatisfying(
                        XdpException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NO_INTERFACE))
                .hasMessage("xdp: there is no network interface 'none0'; 'ip link' shows those there are");
    }

    private ChildJvm start(String pinDirectory, String... bans) throws IOException {
        String[] arguments = new String[bans.length + 2];
        arguments[0] = TestNetwork.INTERFACE;
        arguments[1] = pinDirectory;
        System.arraycopy(bans, 0, arguments, 2, bans.length);
        return ChildJvm.start(network.name(), ChildJvm.AS_IT_IS, FilterProcess.class, arguments);
    }

    private XdpFilter attach(XdpOptions options) throws Exception {
        return network.inside(() -> XdpFilter.attach(TestNetwork.INTERFACE, options));
    }

    private static List<String> bans(XdpFilter filter) {
        List<String> bans = new ArrayList<>();
        filter.forEachBan(
                (portSet, high, low, length, expiry, dropped) -> bans.add(Addresses.text(high, low) + "/" + length));
        return bans;
    }

    private boolean isXdpAttached() throws IOException {
        return TestNetwork.ip(network.name(), "link show " + TestNetwork.INTERFACE)
                .contains("prog/xdp");
    }

    private boolean gotThrough() throws Exception {
        try (DatagramSocket there =
                        network.inside(() -> new DatagramSocket(0, InetAddress.getByName(TestNetwork.ADDRESS)));
                DatagramSocket here =
                        network.outside(() -> new DatagramSocket(0, InetAddress.getByName(TestNetwork.PEER_ADDRESS)))) {
            return TestNetwork.arrives(here, there);
        }
    }
}
