package org.ipspipeline.benchmarks.ban;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.TestFrame;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.bpf.kernel.NetworkNamespace;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;
import org.ipspipeline.loadgen.net.MessageBatch;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.ipspipeline.loadgen.net.PacketSockets;

/**
 * A JVM that writes lines at a steady rate and now and then the one that bans a client, sends that client's packets until the XDP
 * program drops one, and prints in microseconds how long after the line that packet was sent: median and 99th percentile.
 */
public final class LatencyPeer {

    private static final int LINES_A_SECOND = 100_000;
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1) / LINES_A_SECOND;
    private static final int WARM_UP = 2_000;
    private static final int SAMPLES = 4_000;
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MAX_RETRY = 3;

    /** Others write lines too, each so seldom that it is not banned. */
    private static final int OTHERS = 1_000_000;

    private static final int MAX_BANS = 1 << 17;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RingDaemon daemon;
    private final XdpFilter filter;
    private final NativeSocket socket;
    private final Family family;
    private final byte[] to;
    private final byte[] from;
    private final OffendingLines lines;
    private final MessageBatch frame;
    private long nextLine;
    private int nextOther;

    private LatencyPeer(
            RingDaemon daemon, XdpFilter filter, NativeSocket socket, Family family, byte[] to, byte[] from) {
        this.daemon = daemon;
        this.filter = filter;
        this.socket = socket;
        this.family = family;
        this.to = to;
        this.from = from;
        lines = new OffendingLines(family);
        frame = new MessageBatch(1, TestFrame.udp(to, from, family.high(), family.low(0)).length, 0);
    }

    /**
     * Runs.
     *
     * @param arguments the namespaces of target and source; {@code IPV4} or {@code IPV6}
     * @throws Exception when something does not work
     */
    public static void main(String[] arguments) throws Exception {
        Family family = Family.valueOf(arguments[2]);
        try (VethPair pair = VethPair.existing(arguments[0], arguments[1]);
                NetworkNamespace source = NetworkNamespace.named(arguments[1])) {
            byte[] to = pair.targetMac();
            byte[] from = pair.sourceMac();
            XdpFilter filter = pair.onTarget(() ->
                    XdpFilter.attach(VethPair.TARGET, XdpOptions.defaults().withMaxBans(MAX_BANS)));
            NativeSocket socket = source.call(() -> PacketSockets.sendingOn(NetworkDevice.named(VethPair.SOURCE)));
            try (socket;
                    RingDaemon daemon =
                            new RingDaemon(1 << 16, MAX_RETRY, 2 * OTHERS, MAX_BANS, new XdpEnforcer(filter))) {
                daemon.begin();
                double[] micros = new LatencyPeer(daemon, filter, socket, family, to, from).run();
                Arrays.sort(micros);
                System.out.println(micros[micros.length / 2] + " " + micros[micros.length * 99 / 100]);
            }
        }
        System.exit(0);
    }

    private double[] run() throws Exception {
        double[] micros = new double[SAMPLES];
        nextLine = System.nanoTime();
        for (int sample = -WARM_UP; sample < SAMPLES; sample++) {
            int client = OTHERS + WARM_UP + sample;
            for (int failure = 1; failure < MAX_RETRY; failure++) {
                lines.write(daemon.writer(), client, Stamps.now());
            }
            long next = System.nanoTime() + GAP_NANOS;
            while (System.nanoTime() < next) {
                writeDue();
            }
            double nanos = sample(client);
            if (sample >= 0) {
                micros[sample] = nanos / 1e3;
            }
        }
        return micros;
    }

    /** How long after the last line a packet was sent that was dropped. */
    private double sample(int client) throws Exception {
        byte[] bytes = TestFrame.udp(to, from, family.high(), family.low(client));
        frame.memory().put(frame.payload(0), bytes);
        long written = System.nanoTime();
        lines.write(daemon.writer(), client, Stamps.now());
        while (true) {
            long sent = System.nanoTime();
            if (frame.send(socket, 0, 1) != 1) {
                throw new IllegalStateException("a packet was not sent");
            }
            if (isDropped(client)) {
                return sent - written;
            }
            writeDue();
            if (sent - written > PATIENCE_NANOS) {
                throw new IllegalStateException("client " + client + " is not banned after " + PATIENCE_NANOS + " ns");
            }
        }
    }

    /** By the count of the ban itself. */
    private boolean isDropped(int client) {
        boolean[] dropped = {false};
        filter.findBan(
                family.high(),
                family.low(client),
                family.length(),
                (portSet, high, low, length, until, packets) -> dropped[0] = packets > 0);
        return dropped[0];
    }

    private void writeDue() {
        for (long now = System.nanoTime(); nextLine <= now; nextLine += LINE_NANOS) {
            lines.write(daemon.writer(), nextOther, Stamps.now());
            nextOther = (nextOther + 1) % OTHERS;
        }
    }
}
