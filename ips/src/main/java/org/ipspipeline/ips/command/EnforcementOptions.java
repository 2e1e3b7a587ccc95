package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.ipspipeline.bpf.XdpException;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.enforce.DryRunEnforcer;
import org.ipspipeline.ips.enforce.Enforcer;
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

    @Option(names = "--dry-run", required = true, description = "Ban nobody; count and report only.")
    private boolean dryRun;

    /** What is used where nothing was asked for: XDP on the interface that leads to the network. */
    static EnforcementOptions ofDefaultRoute() {
        EnforcementOptions options = new EnforcementOptions();
        options.networkInterface = DefaultRoute.networkInterface()
                .orElseThrow(() -> new UsageException(
                        "no interface leads to the network: say how to ban: --interface IF, --gate FILE or --dry-run"));
        return options;
    }

    /**
     * Makes what was asked for.
     *
     * @param maxBans how many bans it must hold
     * @throws UsageException when it cannot be had: the interface or the privileges are missing, or another program is there
     */
    Enforcer open(int maxBans) throws IOException {
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
        return GateEnforcer.open(Objects.requireNonNull(gate), maxBans);
    }
}
