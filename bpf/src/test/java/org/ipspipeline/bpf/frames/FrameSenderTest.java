package org.ipspipeline.bpf.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.bpf.Addresses;
import org.ipspipeline.bpf.BanWriter;
import org.ipspipeline.bpf.ChildJvm;
import org.ipspipeline.bpf.Frames;
import org.ipspipeline.bpf.TestNetwork;
import org.ipspipeline.bpf.TrafficCounters;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.bpf.frames.ClientRange.Order;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames go out of one end of a veth pair and come in at the other, past a filter, into a socket. */
final class FrameSenderTest {

    private static final int PORT = 8080;
    private static final int CLIENTS = 200;
    private static final String FIRST4 = "10.9.0.20";
    private static final String FIRST6 = "fd09::ff00";

    private TestNetwork network;
    private XdpFilter filter;

    @BeforeEach
    void setUp() throws Exception {
        Machine.needsRoot();
        Machine.needsPrograms("ip");
        network = TestNetwork.create();
        filter = network.inside(() ->
                XdpFilter.attach(TestNetwork.INTERFACE, XdpOptions.defaults().withMaxBans(1000)));
    }

    @AfterEach
    void tearDown() throws Exception {
        if (filter != null) {
            filter.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void everyClientsPacketsArriveWithValidChecksums() throws Exception {
        assertThat(received(FIRST4, TestNetwork.ADDRESS)).hasSize(CLIENTS).containsEntry("10.9.0.20", 2);
        assertThat(received(FIRST6, TestNetwork.ADDRESS6)).hasSize(CLIENTS).containsEntry("fd09:0:0:0:0:0:0:ff00", 2);
    }

    /** Datagrams by source, of two rounds of all clients. The socket gets only what passes UDP's checksum. */
    private Map<String, Integer> received(String first, String destination) throws Exception {
        Map<String, Integer> sources = new HashMap<>();
        try (DatagramChannel socket = network.inside(() -> DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20)
                .bind(new InetSocketAddress(destination, PORT)))) {
            network.outside(() -> {
                try (LiveFrames frames = LiveFrames.open(TestNetwork.PEER)) {
                    FrameSender sender = sender(
                            frames,
                            first,
                            destination,
                            ClientRange.consecutive(Addresses.high(first), Addresses.low(first), CLIENTS));
                    sender.send(CLIENTS + 1);
                    sender.send(CLIENTS - 1);
                    assertThat(sender.progress()).isEqualTo(new FrameSender.Progress(2 * CLIENTS, 0));
                }
                return null;
            });
            ByteBuffer datagram = ByteBuffer.allocate(100);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            socket.configureBlocking(false);
            for (int count = 0; count < 2 * CLIENTS && System.nanoTime() < deadline; ) {
                datagram.clear();
                InetSocketAddress source = (InetSocketAddress) socket.receive(datagram);
                if (source != null) {
                    String address = source.getAddress().getHostAddress();
                    sources.merge(address.replaceFirst("%.*", ""), 1, Integer::sum);
                    assertThat(datagram.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {'B'}));
                    count++;
                }
            }
        }
        return sources;
    }

    @Test
    void bannedClientsAreDroppedAndCounted() throws Exception {
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
        for (int i = 0; i < CLIENTS / 2; i++) {
            writer.ban(0, Addresses.low(FIRST4) + i, 32, Long.MAX_VALUE);
        }
        writer.flush();
        TrafficCounters before = filter.counters();
        network.outside(() -> {
            ClientRange clients = ClientRange.consecutive(0, Addresses.low(FIRST4), CLIENTS);
            try (LiveFrames frames = LiveFrames.open(TestNetwork.PEER)) {
                sender(frames, FIRST4, TestNetwork.ADDRESS, clients).send(10 * CLIENTS);
            }
            return null;
        });
        // The receiving end may be a moment behind.
        await().untilAsserted(() -> {
            TrafficCounters after = filter.counters();
            assertThat(after.ipv4().dropped() - before.ipv4().dropped()).isEqualTo(5L * CLIENTS);
            assertThat(after.ipv4().passed() - before.ipv4().passed()).isGreaterThanOrEqualTo(5L * CLIENTS);
        });
    }

    @Test
    void clientsAtRandomAreAllOfTheRangeAndNoOthers() throws Exception {
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
        for (int i = 0; i < CLIENTS; i++) {
            writer.ban(Addresses.high("2001:db8::") + i, 0, 64, Long.MAX_VALUE);
        }
        writer.flush();
        network.outside(() -> {
            ClientRange clients = new ClientRange(Addresses.high("2001:db8::"), 1, 1, 0, CLIENTS, Order.RANDOM);
            try (LiveFrames frames = LiveFrames.open(TestNetwork.PEER)) {
                sender(frames, "2001:db8::1", TestNetwork.ADDRESS6, clients).send(50 * CLIENTS);
            }
            return null;
        });
        await().untilAsserted(() -> {
            long[] sum = new long[2];
            filter.forEachBan((portSet, high, low, length, expiry, dropped) -> {
                sum[0] += dropped;
                sum[1] += dropped > 0 ? 1 : 0;
            });
            assertThat(sum).containsExactly(50L * CLIENTS, CLIENTS);
        });
    }

    @Test
    void sendersOfSeveralThreadsDoNotMixAndOthersPacketsPass() throws Exception {
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
        String[] clients = {"192.0.2.1", "192.0.2.2", "2001:db8::1"};
        String[] destinations = {TestNetwork.ADDRESS, TestNetwork.ADDRESS, TestNetwork.ADDRESS6};
        for (String client : clients) {
            boolean ipv4 = !client.contains(":");
            writer.ban(Addresses.high(client), Addresses.low(client), ipv4 ? 32 : 128, Long.MAX_VALUE);
        }
        writer.flush();
        try (LiveFrames frames = network.outside(() -> LiveFrames.open(TestNetwork.PEER))) {
            assertThat(frames.hasCheapCalls()).isTrue();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clients.length; i++) {
                String client = clients[i];
                ClientRange range = ClientRange.consecutive(Addresses.high(client), Addresses.low(client), 1);
                String destination = destinations[i];
                FrameSender sender = network.outside(() -> sender(frames, client, destination, range));
                Thread thread = new Thread(() -> sendInSmallPortions(sender));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(network.canExchangeDatagrams()).isTrue();
        }
        await().untilAsserted(() -> {
            Map<Long, Long> droppedByBan = new HashMap<>();
            filter.forEachBan((portSet, high, low, length, expiry, dropped) -> droppedByBan.put(low, dropped));
            assertThat(droppedByBan.values()).containsOnly(1000L);
        });
    }

    private void sendInSmallPortions(FrameSender sender) {
        try {
            network.outside(() -> {
                for (int i = 0; i < 100; i++) {
                    sender.send(10);
                }
                return null;
            });
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aSecondProgramOnAnInterfaceSendsAsWell() throws Exception {
        TrafficCounters before = filter.counters();
        network.outside(() -> {
            ClientRange clients = ClientRange.consecutive(0, Addresses.low("192.0.2.1"), 1);
            UdpTemplate template = template("192.0.2.1", TestNetwork.ADDRESS);
            try (FrameSender first = FrameSender.open(TestNetwork.PEER, template, clients);
                    FrameSender second = FrameSender.open(TestNetwork.PEER, template, clients);
                    LiveFrames third = LiveFrames.open(TestNetwork.PEER)) {
                first.send(10);
                second.send(10);
                assertThat(third.hasCheapCalls()).isFalse();
            }
            return null;
        });
        await().untilAsserted(() -> assertThat(
                        filter.counters().ipv4().passed() - before.ipv4().passed())
                .isGreaterThanOrEqualTo(20));
    }

    @Test
    void needsTwoCapabilitiesAndSaysSo() throws Exception {
        Machine.needsPrograms("nsenter", "setpriv");
        try (ChildJvm child =
                ChildJvm.start(network.outside(), ChildJvm.NO_CAPABILITIES, SenderProcess.class, TestNetwork.PEER)) {
            assertThat(child.firstLine())
                    .startsWith("live frames: outside0: bpf: create map ")
                    .endsWith("run as root, or with both CAP_BPF and CAP_NET_ADMIN");
        }
        try (ChildJvm child =
                ChildJvm.start(network.outside(), ChildJvm.TWO_CAPABILITIES, SenderProcess.class, TestNetwork.PEER)) {
            assertThat(child.firstLine()).isEqualTo("sent 10");
        }
    }

    @Test
    void saysWhatItCannotSend() throws Exception {
        byte[] tagged = Frames.udp("192.0.2.1", Frames.VLAN);
        assertThatThrownBy(() -> new UdpTemplate(tagged)).hasMessageContaining("without VLAN tags");
        assertThatThrownBy(() -> new UdpTemplate(new byte[10])).hasMessageContaining("whole frame");
        assertThatThrownBy(() -> LiveFrames.open("none0"))
                .hasMessage("live frames: there is no network interface 'none0'; 'ip link' shows those there are");
    }

    private FrameSender sender(LiveFrames frames, String source, String destination, ClientRange clients)
            throws Exception {
        return frames.sender(template(source, destination), clients);
    }

    private UdpTemplate template(String source, String destination) throws Exception {
        byte[] to = network.inside(() -> TestNetwork.mac(TestNetwork.INTERFACE));
        byte[] from = network.outside(() -> TestNetwork.mac(TestNetwork.PEER));
        return new UdpTemplate(Frames.udp(to, from, source, destination, PORT, 'B'));
    }
}
