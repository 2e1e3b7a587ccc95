package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.command.JsonLines;
import org.ipspipeline.ips.command.ReportOptions;
import org.ipspipeline.ips.command.Reporter;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline attack}: many misbehaving clients, and some that behave. */
@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends invalid requests from many source addresses to a target server, and valid ones from clients that wait for"
                    + " their answers. Only for targets of your own.",
            "What is reported as sent is what the kernel took; what arrived, only the target knows."
        },
        footer = {
            "",
            "Attackers are 192.168.0.1 and on (172.16.0.0 and on if more than 65534), fd00:192:168::1 and on; on the loopback"
                    + " interface 127.1.0.1 and on. The target must not filter by reverse path (rp_filter 0 or 2).",
            "Valid clients are 10.3.11.1 and on, fd10:3:11::1 and on, where these addresses are this host's"
                    + " ('ip route add local 10.3.11.0/24 dev lo', and a route back on the target); otherwise they share this"
                    + " host's address."
        })
public final class AttackCommand implements Callable<Integer> {

    private static final int MOST_ATTACKERS = 1 << 20;
    private static final int MOST_PAYLOAD = 1400;
    private static final int MOST_SEGMENTS = 16;

    @Option(
            names = "--target",
            paramLabel = "ADDRESS",
            required = true,
            split = ",",
            description = "Address of the server; an IPv4 and an IPv6 address to attack with both families.")
    private List<String> targets = List.of();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "UDP port of the server (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--family",
            paramLabel = "4|6|both",
            converter = Family.Converter.class,
            description = "Addresses of the clients; with both, half of them each (default: as the targets are).")
    private @Nullable Family family;

    @Option(
            names = "--attackers",
            paramLabel = "N",
            defaultValue = "254",
            description = "Misbehaving clients in all (default: ${DEFAULT-VALUE}).")
    private int attackers;

    @Option(
            names = "--pps",
            paramLabel = "RATE|max",
            defaultValue = "100000",
            converter = Rate.Converter.class,
            description =
                    "Packets a second of all attackers together, such as 100000, 100k or 1M; 'max' or 0 for as many as"
                            + " possible (default: ${DEFAULT-VALUE}).")
    private Rate asked = Rate.MAXIMUM;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "constant",
            converter = ProfileKind.Converter.class,
            description =
                    "How the rate goes up and down: constant; ramp:TIME, from nothing up to --pps; burst:PERIOD, all"
                            + " packets of a period at its beginning; on-off:ON,OFF (default: ${DEFAULT-VALUE}).")
    private ProfileKind profile = new ProfileKind(ProfileKind.Shape.CONSTANT, List.of());

    @Option(
            names = "--valid-pps",
            paramLabel = "RATE",
            defaultValue = "10000",
            converter = Rate.Converter.class,
            description = "Requests a second of all valid clients together (default: ${DEFAULT-VALUE}).")
    private Rate validPps = new Rate(0);

    @Option(
            names = "--valid-clients",
            paramLabel = "N",
            defaultValue = "254",
            description = "Valid clients in all, each a socket (default: ${DEFAULT-VALUE}).")
    private int validClients;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IF",
            description = "Interface towards the target (default: by the routes).")
    private @Nullable String device;

    @Option(
            names = "--target-mac",
            paramLabel = "MAC",
            description = "Ethernet address that frames go to (default: asked of the neighbour).")
    private @Nullable String mac;

    @Option(
            names = "--sender",
            paramLabel = "auto|xdp|packet|sockets",
            defaultValue = "auto",
            description =
                    "XDP live frames, a packet socket, or UDP sockets that name another source (default: the best for"
                            + " interface, rate and privileges).")
    private SenderKind kind = SenderKind.AUTO;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that send for the attackers (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "18",
            description = "Payload of an attacker's packet (default: ${DEFAULT-VALUE}, the smallest Ethernet frame).")
    private int payload;

    @Option(
            names = "--segment-shares",
            paramLabel = "N",
            split = ",",
            description =
                    "Shares of the packets for each thread of a server that runs with --steered, such as 8,1,1: a skewed"
                            + " attack (default: the server's kernel spreads them).")
    private List<Double> segmentShares = List.of();

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description =
                    "Send the Ethernet frames of this capture (tcpdump -w) instead of requests: once, at the times they were"
                            + " captured at, or again and again where --pps is given. Only their Ethernet addresses are changed.")
    private @Nullable Path pcap;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Rate pps = asked.isZero() ? Rate.MAXIMUM : asked;
        List<Opponents> opponents = opponents();
        CaptureFile capture = capture();
        SenderFactory factory = new SenderFactory(kind, threads, pps, port, payload, targetMac(), shares());
        SenderFactory.Opened opened =
                capture == null ? factory.open(opponents) : replay(capture, factory.uplink(opponents.get(0)));
        try (JsonLines json = reports.open();
                StopSignal stop = new StopSignal();
                Attack attack = start(opponents, opened, pps, capture, json)) {
            new Reporter(reports, stop)
                    .run(
                            () -> json.write(attack.statistics().toJson("stats")),
                            () -> attack.failure() != null || attack.hasEnded());
            attack.stop();
            json.write(attack.statistics().toJson("summary"));
            reports.text().print(attack.statistics().text());
            reports.text().flush();
            if (attack.failure() != null) {
                throw new IOException("sending failed: " + attack.failure().getMessage(), attack.failure());
            }
            return 0;
        }
    }

    private void check() {
        String unavailable = NativeSocket.whyUnavailable();
        require(unavailable == null, "attack needs native system calls: " + unavailable);
        require(port >= 1 && port <= 65_535, "--port " + port + ": give 1 to 65535");
        require(
                attackers >= 1 && attackers <= MOST_ATTACKERS,
                "--attackers " + attackers + ": give 1 to " + MOST_ATTACKERS);
        require(threads >= 1 && threads <= 64, "--threads " + threads + ": give 1 to 64");
        require(
                payload >= 1 && payload <= MOST_PAYLOAD,
                "--payload " + payload + ": give 1 to " + MOST_PAYLOAD + " bytes");
        require(validClients >= 0 && validClients <= 65_534, "--valid-clients " + validClients + ": give 0 to 65534");
        require(
                profile.isConstant() || !(asked.isMaximum() || asked.isZero()),
                "--profile: give --pps a rate, as many as possible has no profile");
        require(
                segmentShares.size() <= MOST_SEGMENTS
                        && segmentShares.stream().allMatch(share -> share >= 0 && share <= 1e6)
                        && (segmentShares.isEmpty() || segmentShares.stream().anyMatch(share -> share > 0)),
                "--segment-shares " + segmentShares + ": give up to " + MOST_SEGMENTS + " numbers, not all of them 0");
        require(
                segmentShares.isEmpty() || payload >= 2,
                "--segment-shares: the segment stands in the second byte; give --payload 2 or more");
        require(
                pcap == null || (threads == 1 && segmentShares.isEmpty()),
                "--pcap: one thread replays it; leave out --threads and --segment-shares");
        require(!validPps.isMaximum(), "--valid-pps max: give a rate");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new UsageException(otherwise);
        }
    }

    private List<Double> shares() {
        return segmentShares.isEmpty() ? List.of(1.0) : segmentShares;
    }

    private @Nullable CaptureFile capture() {
        try {
            return pcap == null ? null : CaptureFile.open(pcap);
        } catch (NoSuchFileException absent) {
            throw new UsageException("--pcap " + pcap + ": there is no such file", absent);
        } catch (IOException malformed) {
            throw new UsageException("--pcap " + malformed.getMessage(), malformed);
        }
    }

    private boolean atRecordedTimes() {
        return pcap != null && !spec.commandLine().getParseResult().hasMatchedOption("--pps");
    }

    private SenderFactory.Opened replay(CaptureFile capture, Uplink uplink) {
        try {
            CaptureSender sender = CaptureSender.open(uplink, capture, !atRecordedTimes());
            return new SenderFactory.Opened(List.of(List.of(new SendingThread.Part(sender, 1))), List.of());
        } catch (IOException refused) {
            throw new UsageException("--pcap: cannot send frames: " + refused.getMessage(), refused);
        }
    }

    private @Nullable MacAddress targetMac() {
        try {
            return mac == null ? null : MacAddress.parse(mac);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--target-mac: " + malformed.getMessage(), malformed);
        }
    }

    private List<Opponents> opponents() throws IOException {
        List<Address> addresses = new ArrayList<>();
        for (String target : targets) {
            try {
                addresses.add(Address.resolve(target));
            } catch (UnknownHostException unknown) {
                throw new UsageException("--target " + target + ": no such host", unknown);
            }
        }
        Optional<Address> ipv4 = addresses.stream().filter(Address::isIpv4).findFirst();
        Optional<Address> ipv6 =
                addresses.stream().filter(address -> !address.isIpv4()).findFirst();
        Family chosen = family != null ? family : Family.of(ipv4.isPresent(), ipv6.isPresent());
        List<Opponents> opponents = new ArrayList<>();
        int count4 = chosen.ofIpv4(attackers);
        if (count4 > 0) {
            opponents.add(opponents(ipv4, "an IPv4", chosen, count4));
        }
        if (attackers > count4) {
            opponents.add(opponents(ipv6, "an IPv6", chosen, attackers - count4));
        }
        return opponents;
    }

    private Opponents opponents(Optional<Address> target, String what, Family chosen, int count) throws IOException {
        Address address =
                target.orElseThrow(() -> new UsageException("--family " + chosen + " needs " + what + " --target"));
        var interfaceTowards = Uplink.device(address, device);
        return new Opponents(
                address,
                interfaceTowards,
                SourcePlan.attackers(address.isIpv4(), interfaceTowards.isLoopback(), count));
    }

    private Attack start(
            List<Opponents> opponents,
            SenderFactory.Opened opened,
            Rate pps,
            @Nullable CaptureFile capture,
            JsonLines json)
            throws IOException {
        RateProfile rates = capture != null && atRecordedTimes()
                ? capture.recorded()
                : pps.isMaximum() ? null : profile.at(pps.pps());
        List<SendingThread> sending = new ArrayList<>();
        for (List<SendingThread.Part> senders : opened.senders()) {
            sending.add(new SendingThread(senders, rates == null ? null : new Schedule(rates, 1.0 / threads)));
        }
        ValidClients valid = validClients == 0 || validPps.isZero() ? null : validClients(opponents);
        announce(opponents, opened, pps, json);
        return Attack.start(
                sending, rates, opened.countsDropped(), valid, opponents.get(0).device());
    }

    private ValidClients validClients(List<Opponents> opponents) throws IOException {
        List<ValidClient> clients = new ArrayList<>();
        for (Opponents each : opponents) {
            int count = opponents.size() == 1
                    ? validClients
                    : each.target().isIpv4() ? Family.BOTH.ofIpv4(validClients) : validClients / 2;
            if (count > 0) {
                AddressRange wanted = SourcePlan.validClients(
                        each.target().isIpv4(), each.device().isLoopback(), count);
                AddressRange sources = ValidClientSockets.usable(wanted);
                if (sources == null) {
                    reports.text()
                            .println("valid clients share this host's address: " + wanted + " are not this host's");
                }
                clients.addAll(ValidClientSockets.open(each.target(), port, sources, count));
            }
        }
        return new ValidClients(clients, new Schedule(RateProfile.constant(validPps.pps()), 1));
    }

    private void announce(List<Opponents> opponents, SenderFactory.Opened opened, Rate pps, JsonLines json) {
        for (String reason : opened.reasons()) {
            reports.text().println("not used: " + reason);
        }
        for (Opponents each : pcap == null ? opponents : List.<Opponents>of()) {
            reports.text()
                    .printf(
                            "attacking %s port %d from %d addresses, %s%n",
                            each.target(), port, each.sources().count(), each.sources());
        }
        reports.text()
                .printf(
                        "%s by %d thread(s), %s%n",
                        atRecordedTimes() ? "as captured" : pps, threads, opened.description());
        reports.text().flush();
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("type", "ready");
        ready.put("sender", opened.description());
        ready.put("interface", opponents.get(0).device().name());
        ready.put("attackers", attackers);
        ready.put("requested_pps", pps.toJson());
        json.write(ready);
    }
}
