package org.ipspipeline.ips.enforce.choice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.ipset.IpsetBackend;
import org.ipspipeline.ips.enforce.ipset.IpsetOptions;
import org.ipspipeline.ips.enforce.nftables.NftBackend;
import org.ipspipeline.ips.enforce.nftables.NftOptions;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;

/**
 * The first of several ways of enforcement that can be had, in this order: XDP on the interface of the default route if there is
 * just one, nftables, ipset.
 *
 * @param enforcer what was chosen
 * @param passedOver why what comes before it was not, a line each
 */
public record EnforcerChoice(Enforcer enforcer, List<String> passedOver) {

    /** The changes that wait for a slow enforcer at most. */
    public static final int QUEUE = 1 << 17;

    /** Copies the list. */
    public EnforcerChoice {
        passedOver = List.copyOf(passedOver);
    }

    /** A way that may or may not be had. */
    @FunctionalInterface
    interface Way {
        Enforcer open() throws IOException;
    }

    /**
     * Makes the best enforcer that can be had here.
     *
     * @param maxBans how many bans it must hold
     * @return the enforcer, to be closed by the caller
     * @throws IOException if none can be had; the message is one line that says why not, way by way
     */
    public static EnforcerChoice open(int maxBans) throws IOException {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("xdp", () -> xdp(maxBans));
        ways.put("nftables", () -> nftables(maxBans));
        ways.put("ipset", () -> ipset(maxBans));
        return first(ways);
    }

    /**
     * Bans in a table of nftables.
     *
     * @param maxBans how many each set holds at most
     * @return the enforcer, started
     * @throws IOException if nft cannot be run or refuses
     */
    public static Enforcer nftables(int maxBans) throws IOException {
        return QueuedEnforcer.start(new NftBackend(NftOptions.defaults().withMaxBans(maxBans)), QUEUE);
    }

    /**
     * Bans in sets of ipset.
     *
     * @param maxBans how many each set holds at most
     * @return the enforcer, started
     * @throws IOException if ipset or iptables cannot be run or refuse
     */
    public static Enforcer ipset(int maxBans) throws IOException {
        return QueuedEnforcer.start(new IpsetBackend(IpsetOptions.defaults().withMaxBans(maxBans)), QUEUE);
    }

    private static Enforcer xdp(int maxBans) throws IOException {
        Set<String> interfaces = DefaultRoutes.interfaces();
        if (interfaces.size() != 1) {
            throw new IOException(
                    interfaces.isEmpty()
                            ? "no interface has a default route; name one with --interface"
                            : "several interfaces have a default route (" + String.join(", ", interfaces)
                                    + "); name one with --interface");
        }
        return new XdpEnforcer(XdpFilter.attach(
                interfaces.iterator().next(), XdpOptions.defaults().withMaxBans(maxBans)));
    }

    static EnforcerChoice first(Map<String, Way> ways) throws IOException {
        List<String> passedOver = new ArrayList<>();
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            try {
                return new EnforcerChoice(way.getValue().open(), passedOver);
            } catch (IOException refusal) {
                String message = String.valueOf(refusal.getMessage());
                passedOver.add(message.startsWith(way.getKey() + ":") ? message : way.getKey() + ": " + message);
            }
        }
        throw new IOException("no way of enforcement can be had: " + String.join("; ", passedOver));
    }
}
