package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.ipspipeline.bpf.XdpException;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.enforce.DryRunEnforcer;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.choice.EnforcerChoice;
import org.ipspipeline.ips.enforce.gate.GateEnforcer;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How bans are put into force: exactly one of these. */
final class EnforcementOptions {

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IF",
            required = true,
            description =
                    "Drop banned clients' packets on this network interface, in the kernel (XDP): in the driver where it"
                            + " can, generic otherwise. Needs root, or CAP_BPF and CAP_NET_ADMIN. Nothing stays attached when the"
                            + " daemon ends, however it ends.")
    private @Nullable String networkInterface;

    @Option(
            names = "--gate",
            paramLabel = "FILE",
            required = true,
            description =
                    "Without privileges: keep bans in this shared-memory file, which the server asks (userspace).")
    private @Nullable Path gate;

    @Option(
            names = "--enforce",
            paramLabel = "WAY",
            required = true,
            description =
                    "${COMPLETION-CANDIDATES}: a table of nftables, sets of ipset with iptables rules, or the best"
                            + " way there is: XDP on the interface of the default route, else nftables, else ipset.")
    private @Nullable Way way;

    @Option(names = "--dry-run", required = true, description = "Ban nobody; count and report only.")
    private boolean dryRun;

    /** Ways that need no more to be said. */
    enum Way {
        auto,
        nftables,
        ipset
    }

    /** What is used where nothing was asked for: the best way there is. */
    static EnforcementOptions automatic() {
        EnforcementOptions options = new EnforcementOptions();
        options.way = Way.auto;
        return options;
    }

    /**
     * Makes what was asked for.
     *
     * @param maxBans how many bans it must hold
     * @param said told what was not chosen, and why
     * @throws UsageException when it cannot be had: the interface or the privileges are missing, or another program is there
     */
    Enforcer open(int maxBans, Consumer<String> said) throws IOException {
        if (networkInterface != null) {
            try {
                return new XdpEnforcer(
                        XdpFilter.attach(networkInterface, XdpOptions.defaults().withMaxBans(maxBans)));
            } catch (XdpException refused) {
                throw new UsageException(String.valueOf(refused.getMessage()), refused);
            }
        }
        if (dryRun) {
            return new DryRunEnforcer();
        }
        if (way != null) {
            try {
                return open(way, maxBans, said);
            } catch (IOException refused) {
                throw new UsageException(String.valueOf(refused.getMessage()), refused);
            }
        }
        return GateEnforcer.open(Objects.requireNonNull(gate), maxBans);
    }

    private static Enforcer open(Way way, int maxBans, Consumer<String> said) throws IOException {
        return switch (way) {
            case nftables -> EnforcerChoice.nftables(maxBans);
            case ipset -> EnforcerChoice.ipset(maxBans);
            case auto -> {
                EnforcerChoice choice = EnforcerChoice.open(maxBans);
                choice.passedOver().forEach(reason -> said.accept("not " + reason));
                yield choice.enforcer();
            }
        };
    }
}
