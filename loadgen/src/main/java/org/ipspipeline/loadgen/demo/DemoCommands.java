package org.ipspipeline.loadgen.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.loadgen.testbed.VethNetwork;

/** What the participants of a demonstration are told: the same commands as a person would type. */
final class DemoCommands {

    private static final String PORT = "8080";
    private static final String PATTERN = "client <HOST> exceeded request rate limit$";

    /** The reports are samples of the plots: ten a second. */
    private static final List<String> REPORTS = List.of("--stats-json", "-", "--stats-every", "100ms");

    private final DemoOptions options;
    private final boolean privileged;
    private final Path ring;
    private final Path gate;

    DemoCommands(DemoOptions options, boolean privileged, Path directory) {
        this.options = options;
        this.privileged = privileged;
        this.ring = directory.resolve("ring");
        this.gate = directory.resolve("gate");
    }

    List<String> server() {
        List<String> command = new ArrayList<>(List.of("server", "--port", PORT, "--ring", ring.toString()));
        command.addAll(List.of("--threads", String.valueOf(options.segments())));
        if (!privileged) {
            command.addAll(List.of("--gate", gate.toString()));
        }
        command.addAll(REPORTS);
        return command;
    }

    List<String> daemon() {
        List<String> command = new ArrayList<>(List.of("run", "--source", "ring:" + ring, "--pattern", PATTERN));
        command.addAll(List.of("--max-retry", String.valueOf(options.maxRetry())));
        command.addAll(List.of("--ban-time", options.banTime().toMillis() + "ms"));
        command.addAll(List.of("--workers", String.valueOf(options.workers())));
        command.addAll(
                privileged ? List.of("--interface", VethNetwork.TARGET_INTERFACE) : List.of("--gate", gate.toString()));
        command.addAll(REPORTS);
        return command;
    }

    List<String> attack() {
        List<String> command = new ArrayList<>(List.of("attack", "--port", PORT));
        command.addAll(List.of("--family", options.family().toString()));
        command.addAll(List.of("--attackers", String.valueOf(options.attackers())));
        command.addAll(List.of("--pps", String.valueOf(options.pps())));
        command.addAll(List.of("--valid-pps", String.valueOf(options.validPps())));
        command.addAll(List.of("--duration", options.duration().toMillis() + "ms"));
        if (privileged) {
            command.addAll(List.of("--interface", VethNetwork.ATTACKERS_INTERFACE));
            command.addAll(List.of("--target", VethNetwork.TARGET_IPV4, "--target", VethNetwork.TARGET_IPV6));
        } else {
            command.addAll(List.of("--target", "127.0.0.1"));
        }
        command.addAll(REPORTS);
        return command;
    }
}
