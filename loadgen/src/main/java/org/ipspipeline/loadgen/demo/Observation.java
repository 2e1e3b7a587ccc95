package org.ipspipeline.loadgen.demo;

import static org.ipspipeline.loadgen.testbed.ReportedValues.number;
import static org.ipspipeline.loadgen.testbed.ReportedValues.sum;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds up what the participants say into a sample. Numbers are taken from where they are counted: offered and answered from
 * the attackers, what reached the server and was written from the server, what was read and banned from the daemon, and
 * drops from the network driver, or from the gate in the server.
 */
final class Observation {

    private final Map<String, Object> server;
    private final Map<String, Object> daemon;
    private final Map<String, Object> attack;
    private final OptionalLong droppedByDriver;

    Observation(
            Map<String, Object> server,
            Map<String, Object> daemon,
            Map<String, Object> attack,
            OptionalLong droppedByDriver) {
        this.server = server;
        this.daemon = daemon;
        this.attack = attack;
        this.droppedByDriver = droppedByDriver;
    }

    /**
     * The sample of this moment.
     *
     * @param seconds since the attack began
     */
    DemoSample sample(double seconds) {
        return new DemoSample(
                seconds,
                sum(attack, "sent", "invalid"),
                sum(attack, "sent", "valid"),
                sum(attack, "answered"),
                dropped(),
                sum(server, "received", "invalid"),
                sum(server, "received", "valid"),
                sum(server, "lines", "written"),
                sum(daemon, "lines", "read"),
                sum(server, "lines", "refused") + sum(daemon, "lines", "lost"),
                sum(daemon, "bans", "total"),
                sum(daemon, "bans", "active"),
                sum(daemon, "bans", "distinct"),
                number(daemon, "ban_latency_us", "p50"),
                number(daemon, "ban_latency_us", "p99"),
                number(daemon, "ban_latency_us", "max"));
    }

    private long dropped() {
        String enforcement = String.valueOf(daemon.get("enforcement"));
        if (enforcement.equals("userspace")) {
            return sum(server, "gate_dropped");
        }
        // A generic program runs above the driver, which counts nothing then: only the program's own counters tell.
        return enforcement.equals("xdp-native") && droppedByDriver.isPresent()
                ? droppedByDriver.getAsLong()
                : sum(daemon, "kernel", "dropped");
    }
}
