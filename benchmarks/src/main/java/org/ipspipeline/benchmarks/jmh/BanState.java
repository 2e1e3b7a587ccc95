package org.ipspipeline.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.DryRunEnforcer;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Clients that are to be banned, in the map of an XDP program; without privileges in none. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class BanState {

    private static final int CLIENTS = 1 << 17;
    private static final int FIRST = 0x0A00_0000;
    private static final JailPolicy POLICY = JailPolicy.of(
            "bench", new FailureRule(0, 1, TimeUnit.MINUTES.toNanos(10), TimeUnit.MILLISECONDS.toNanos(50)));

    /** Lines a block. */
    @Param({"1", "64"})
    public int lines;

    private @Nullable VethPair network;
    private Enforcer enforcer;
    private BanKeeper keeper;
    private BanWorker worker;
    private int next;

    /** Attaches the program. */
    @Setup
    public void open() throws Exception {
        enforcer = "root".equals(System.getProperty("user.name")) ? xdp() : new DryRunEnforcer();
        keeper = new BanKeeper(
                KeeperOptions.defaults().withMaxBans(2 * CLIENTS),
                JailPolicies.of(POLICY),
                new FailureTable(2 * CLIENTS, AddressHash.random(), System.nanoTime()),
                List.of(enforcer),
                List.of());
        worker = keeper.newWorker();
    }

    private Enforcer xdp() throws Exception {
        VethPair pair = VethPair.create();
        network = pair;
        return new XdpEnforcer(pair.onTarget(
                () -> XdpFilter.attach(VethPair.TARGET, XdpOptions.defaults().withMaxBans(2 * CLIENTS))));
    }

    /** Brings as many clients to the limit as there are lines. */
    @Setup(Level.Invocation)
    public void fail() {
        worker.begin(System.nanoTime());
        for (int i = 0; i < lines; i++) {
            next = (next + 1) % CLIENTS;
            worker.fail(POLICY, 0, Addresses.lowOfIpv4(FIRST + next), 1, worker.timeOf(0), 0);
        }
    }

    /** Puts the bans into force. */
    void ban() {
        worker.end();
    }

    /** Detaches the program. */
    @TearDown
    public void close() throws Exception {
        keeper.close();
        enforcer.close();
        if (network != null) {
            network.close();
        }
    }
}
