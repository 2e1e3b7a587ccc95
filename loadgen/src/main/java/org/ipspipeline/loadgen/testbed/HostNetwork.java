package org.ipspipeline.loadgen.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A real network between two hosts: the target's side is this host, the attackers' side is reached by a command, such as
 * {@code ssh attackers /opt/ips-pipeline/ips-pipeline}, which takes the arguments of this program and passes on its output.
 */
public final class HostNetwork implements AttackNetwork {

    private final String targetInterface;
    private final List<String> attackersProgram;

    /**
     * Describes the network.
     *
     * @param targetInterface this host's interface towards the attackers
     * @param attackersProgram runs this program on the attackers' host
     */
    public HostNetwork(String targetInterface, List<String> attackersProgram) {
        this.targetInterface = targetInterface;
        this.attackersProgram = List.copyOf(attackersProgram);
    }

    @Override
    public List<String> onTarget(List<String> command) {
        return command;
    }

    /** The arguments of this program alone: the other host has its own JVM and files. */
    @Override
    public List<String> onAttackers(SelfCommand self, List<String> arguments) {
        List<String> command = new ArrayList<>(attackersProgram);
        command.addAll(arguments);
        return command;
    }

    @Override
    public OptionalLong droppedByDriver() {
        return OptionalLong.empty();
    }

    @Override
    public String targetInterface() {
        return targetInterface;
    }

    @Override
    public void close() {}
}
