package org.ipspipeline.benchmarks.evaluation;

import static org.ipspipeline.loadgen.testbed.ReportedValues.number;
import static org.ipspipeline.loadgen.testbed.ReportedValues.sum;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ipspipeline.benchmarks.evaluation.result.Quantity;
import org.ipspipeline.benchmarks.evaluation.result.Samples;
import org.ipspipeline.loadgen.testbed.AttackNetwork;
import org.ipspipeline.loadgen.testbed.Participant;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples of a run, each number from where it is counted: offered and answered from the attackers, arrived and lost in
 * queues from the kernel, dropped from the network driver, reached and written from the server, read from the readers.
 */
final class RunSampler {

    private final Subject subject;
    private final AttackNetwork network;
    private final Participant server;
    private final List<Participant> readers;
    private final @Nullable Fail2ban fail2ban;
    private final Samples samples = new Samples();
    private final KernelCounters kernelBefore;
    private final double ipsCpuBefore;
    private final double serverCpuBefore;
    private KernelCounters kernel;
    private double ipsCpu;
    private double serverCpu;
    private double dropped;

    /**
     * Begins, with the attack not yet begun.
     *
     * @param subject who bans
     * @param network of the run
     * @param server attacked
     * @param readers our daemons, the one that bans first; none where fail2ban bans by itself
     * @param fail2ban null without it
     */
    RunSampler(
            Subject subject,
            AttackNetwork network,
            Participant server,
            List<Participant> readers,
            @Nullable Fail2ban fail2ban)
            throws IOException {
        this.subject = subject;
        this.network = network;
        this.server = server;
        this.readers = List.copyOf(readers);
        this.fail2ban = fail2ban;
        kernelBefore = KernelCounters.read(server.pid(), network.targetInterface());
        kernel = kernelBefore;
        ipsCpuBefore = ipsCpuMillis();
        serverCpuBefore = CpuTime.millis(server.pid());
    }

    /** Of the one that bans, not of a second reader. */
    private double ipsCpuMillis() {
        long own = readers.isEmpty() ? 0 : CpuTime.millis(readers.get(0).pid());
        return own + (fail2ban == null ? 0 : CpuTime.millis(fail2ban.pid()));
    }

    Samples samples() {
        return samples;
    }

    /**
     * Takes a sample.
     *
     * @param seconds since the attack began
     * @param attack what the attackers reported last
     */
    void take(double seconds, Map<String, Object> attack) throws IOException {
        observeSystem();
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        values.put(Quantity.SECONDS, seconds);
        values.put(Quantity.OFFERED, (double) sum(attack, "sent", "invalid"));
        values.put(Quantity.VALID_OFFERED, (double) sum(attack, "sent", "valid"));
        values.put(Quantity.VALID_ANSWERED, (double) sum(attack, "answered"));
        KernelCounters since = kernel.since(kernelBefore);
        values.put(Quantity.ARRIVED, (double) since.arrived());
        values.put(Quantity.QUEUE_FULL, (double) since.queueFull());
        values.put(Quantity.DROPPED, dropped(since));
        addServer(values);
        addReaders(values);
        addBans(values);
        values.put(Quantity.IPS_CPU_MILLIS, ipsCpu - ipsCpuBefore);
        values.put(Quantity.SERVER_CPU_MILLIS, serverCpu - serverCpuBefore);
        samples.add(values);
    }

    /** What can only be read while the processes live. */
    private void observeSystem() throws IOException {
        if (server.isAlive()) {
            kernel = KernelCounters.read(server.pid(), network.targetInterface());
            serverCpu = CpuTime.millis(server.pid());
        }
        ipsCpu = Math.max(ipsCpu, ipsCpuMillis());
    }

    private double dropped(KernelCounters since) throws IOException {
        if (subject == Subject.FAIL2BAN_NFTABLES) {
            // What came to the interface and to no socket; what waits in a socket's queue belongs to neither for a
            // moment.
            dropped = Math.max(dropped, (double) (since.arrived() - since.delivered() - since.queueFull()));
            return dropped;
        }
        Map<String, Object> daemon = readers.get(0).latest();
        OptionalLong driver = network.droppedByDriver();
        return driver.isPresent() && "xdp-native".equals(daemon.get("enforcement"))
                ? driver.getAsLong()
                : sum(daemon, "kernel", "dropped");
    }

    private void addServer(Map<Quantity, Double> values) {
        Map<String, Object> report = server.latest();
        values.put(Quantity.REACHED, (double) sum(report, "received", "invalid"));
        values.put(Quantity.WRITTEN, (double) sum(report, "lines", "written"));
        values.put(Quantity.REFUSED, (double) sum(report, "lines", "refused"));
        values.put(Quantity.LOGGING_MILLIS, number(report, "logging_s") * 1000);
    }

    private void addReaders(Map<Quantity, Double> values) {
        if (subject.isFail2ban()) {
            return;
        }
        Map<String, Object> first = readers.get(0).latest();
        values.put(Quantity.READ, (double) sum(first, "lines", "read"));
        values.put(Quantity.OVERWRITTEN, (double) sum(first, "lines", "lost"));
        values.put(Quantity.STOLEN, (double) sum(first, "stolen"));
        if (readers.size() > 1) {
            Map<String, Object> second = readers.get(1).latest();
            values.put(Quantity.READ_SECOND, (double) sum(second, "lines", "read"));
            values.put(Quantity.OVERWRITTEN_SECOND, (double) sum(second, "lines", "lost"));
        }
    }

    private void addBans(Map<Quantity, Double> values) throws IOException {
        if (fail2ban != null) {
            BanLog log = fail2ban.log();
            values.put(Quantity.BANS, (double) log.bans());
            values.put(Quantity.BANS_ACTIVE, (double) log.active());
        } else {
            Map<String, Object> report = readers.get(0).latest();
            values.put(Quantity.BANS, (double) sum(report, "bans", "total"));
            values.put(Quantity.BANS_ACTIVE, (double) sum(report, "bans", "active"));
        }
    }

    /** {@return whether every reader has read all lines that the server wrote, or lost them} */
    boolean isSettled() {
        long written = sum(server.latest(), "lines", "written");
        return subject.isFail2ban()
                || readers.stream()
                        .map(Participant::latest)
                        .allMatch(report -> sum(report, "lines", "read") + sum(report, "lines", "lost") >= written);
    }
}
