package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.command.JsonLines;
import org.ipspipeline.ips.command.ReportOptions;
import org.ipspipeline.ips.command.Reporter;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.attack.SendingThread.FamilySender;
import org.ipspipeline.loadgen.net.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ips-pipeline attack}: many clients against one server. */
@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends invalid requests from many source addresses, and valid ones from a few clients that wait for their answers.",
            "Only against hosts of your own."
        },
        footer = {
            "",
            "Attackers are 192.168.0.1 and on (more than 65,534: 172.16.0.0 and on), or fd00:192:168::1 and on; towards the"
                    + " loopback interface 127.1.0.1 and on.",
            "Valid clients are 10.3.11.1 and on, or fd10:3:11::1 and on, where these are local here ('ip route add local"
                    + " 10.3.11.0/24 dev lo') and routed back from the target, or else this host's own address; towards loopback"
                    + " 127.200.11.1 and on, or ::1.",
            "What is reported as sent is what the kernel took; what arrived, only the receiver knows."
        })
public final class AttackCommand implements Callable<Integer> {

    private static final int MOST_ATTACKERS = 1 << 20;
    private static final int MOST_VALID_CLIENTS = 254;

    @Option(
            names = "--target",
            paramLabel = "ADDRESS",
            required = true,
            description = "Who is attacked; with both families, give two.")
    private List<String> targets = List.of();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "UDP port of the target (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--family",
            paramLabel = "4|6|both",
            defaultValue = "4",
            converter = FamilyConverter.class,
            description = "The clients' addresses; both: half of them each (default: ${DEFAULT-VALUE}).")
    private Family family = Family.IPV4;

    @Option(
            names = "--attackers",
            paramLabel = "N",
            defaultValue = "254",
            description = "Attackers in all, up to 2^20 (default: ${DEFAULT-VALUE}).")
    private int attackers;

    @Option(
            names = "--pps",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "Packets a second of all attackers together; 0: as many as possible (default: ${DEFAULT-VALUE}).")
    private long pps;

    @Option(
            names = "--valid-pps",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests a second of all valid clients together (default: ${DEFAULT-VALUE}).")
    private long validPps;

    @Option(
            names = "--valid-clients",
            paramLabel = "N",
            defaultValue = "10",
            description = "Valid clients in all (default: ${DEFAULT-VALUE}).")
    private int validClients;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IF",
            description = "Send out of this interface (default: the one that the route to the target names).")
    private @Nullable String networkInterface;

    @Option(
            names = "--sender",
            paramLabel = "auto|xdp|packet|socket",
            defaultValue = "auto",
            description = "How to send: XDP live frames, AF_PACKET, or UDP sockets (default: the fastest that works).")
    private SenderKind kind = SenderKind.AUTO;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "1",
            description = "Bytes of each attacker's request (default: ${DEFAULT-VALUE}).")
    private int payload;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Schedule schedule = new Schedule(RateProfile.constant(pps == 0 ? Double.POSITIVE_INFINITY : (double) pps), 1);
        List<FamilySender> senders = senders();
        SendingThread sending = new SendingThread(senders, pps == 0 ? null : schedule);
        ValidClients valid = validClients();
        try (JsonLines json = reports.open();
                StopSignal stop = new StopSignal()) {
            String how = senders.get(0).sender().description();
            announce(how, json);
            try (Attack attack = Attack.start(sending, valid, schedule)) {
                new Reporter(reports, stop)
                        .run(() -> json.write(attack.statistics().toJson("stats")), () -> attack.failure() != null);
                attack.stop();
                json.write(attack.statistics().toJson("summary"));
                say(attack.statistics());
                Throwable failure = attack.failure();
                if (failure != null) {
                    throw new IOException("a sending thread failed: " + failure.getMessage(), failure);
                }
            }
            return 0;
        }
    }

    private void check() {
        require(port >= 1 && port <= 65_535, "--port " + port + ": give 1 to 65535");
        require(
                attackers >= 1 && attackers <= MOST_ATTACKERS,
                "--attackers " + attackers + ": give 1 to " + MOST_ATTACKERS);
        require(pps >= 0, "--pps " + pps + ": give 1 or more, or 0 for as many as possible");
        require(validPps >= 0, "--valid-pps " + validPps + ": give 0 or more");
        require(
                validClients >= 1 && validClients <= MOST_VALID_CLIENTS,
                "--valid-clients " + validClients + ": give 1 to " + MOST_VALID_CLIENTS);
        require(payload >= 1 && payload <= 1400, "--payload " + payload + ": give 1 to 1400 bytes");
        require(
                family != Family.BOTH || attackers >= 2,
                "--attackers " + attackers + ": both families need at least 2");
    }

    private List<FamilySender> senders() throws IOException {
        List<FamilySender> senders = new ArrayList<>();
        try {
            int ofIpv4 = family.ofIpv4(attackers);
            if (ofIpv4 > 0) {
                senders.add(new FamilySender(AttackCounter.SENT_IPV4, sender(target(true), ofIpv4)));
            }
            if (attackers > ofIpv4) {
                senders.add(new FamilySender(AttackCounter.SENT_IPV6, sender(target(false), attackers - ofIpv4)));
            }
            return senders;
        } catch (IOException | RuntimeException failure) {
            for (FamilySender opened : senders) {
                opened.sender().close();
            }
            throw failure;
        }
    }

    private AttackSender sender(Address target, int count) throws IOException {
        Flood flood =
                new Flood(target, port, SourcePlan.attackers(target.isIpv4(), target.isLoopback(), count), payload, 0);
        try {
            return Senders.open(kind, networkInterface, flood);
        } catch (IOException refused) {
            throw new UsageException(
                    "--sender " + kind.toString().toLowerCase(Locale.ROOT) + ": " + refused.getMessage(), refused);
        }
    }

    private @Nullable ValidClients validClients() throws IOException {
        if (validPps == 0) {
            return null;
        }
        List<ValidClient> clients = new ArrayList<>();
        int ofIpv4 = family.ofIpv4(validClients);
        if (ofIpv4 > 0) {
            clients.addAll(clients(target(true), ofIpv4));
        }
        if (validClients > ofIpv4) {
            clients.addAll(clients(target(false), validClients - ofIpv4));
        }
        return new ValidClients(clients, new Schedule(RateProfile.constant((double) validPps), 1));
    }

    private List<ValidClient> clients(Address target, int count) throws IOException {
        AddressRange wanted = SourcePlan.validClients(target.isIpv4(), target.isLoopback(), count);
        return ValidClientSockets.open(target, port, ValidClientSockets.usable(wanted, target), count);
    }

    private Address target(boolean ipv4) {
        for (String text : targets) {
            try {
                Address address = Address.resolve(text);
                if (address.isIpv4() == ipv4) {
                    return address;
                }
            } catch (UnknownHostException unknown) {
                throw new UsageException("--target " + text + ": no such host", unknown);
            }
        }
        throw new UsageException("--target: give an " + (ipv4 ? "IPv4" : "IPv6") + " address too, or another --family");
    }

    private void announce(String how, JsonLines json) {
        reports.text()
                .printf(
                        Locale.ROOT,
                        "%,d attackers, %s packets/s, by %s; %,d valid requests/s%n",
                        attackers,
                        pps == 0 ? "as many as possible" : String.format(Locale.ROOT, "%,d", pps),
                        how,
                        validPps);
        reports.text().flush();
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("type", "ready");
        ready.put("sender", how);
        ready.put("attackers", attackers);
        json.write(ready);
    }

    private void say(AttackStatistics end) {
        reports.text()
                .printf(
                        Locale.ROOT,
                        "sent %,d packets in %.1f s: %,.0f/s%s; valid requests %,d, answered %,d%n",
                        end.invalid(),
                        end.seconds(),
                        (double) end.invalid() / end.seconds(),
                        end.shortfallPercent() < 1
                                ? ""
                                : String.format(Locale.ROOT, " (%.1f %% less than asked for)", end.shortfallPercent()),
                        end.requests(),
                        end.answered());
        reports.text().flush();
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new UsageException(otherwise);
        }
    }

    /** The words of {@link Family}. */
    public static final class FamilyConverter implements ITypeConverter<Family> {
        @Override
        public Family convert(String word) {
            for (Family one : Family.values()) {
                if (one.toString().equals(word)) {
                    return one;
                }
            }
            throw new TypeConversionException("'" + word + "' is none of 4, 6, both");
        }
    }
}
