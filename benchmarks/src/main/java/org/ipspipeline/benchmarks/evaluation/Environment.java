package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.loadgen.testbed.AttackNetwork;
import org.ipspipeline.loadgen.testbed.HostNetwork;
import org.ipspipeline.loadgen.testbed.SelfCommand;
import org.ipspipeline.loadgen.testbed.VethNetwork;

/**
 * Where runs take place.
 *
 * @param self this program, to start its participants
 * @param targets the addresses that attackers send to
 * @param targetInterface this host's interface towards the attackers; empty for a veth pair of the run's own
 * @param attackersProgram runs this program on the attackers' host; empty for a veth pair
 */
record Environment(SelfCommand self, List<String> targets, String targetInterface, List<String> attackersProgram) {

    static final String PREFIX = "ips-evaluation-";

    /** Two network namespaces on this host. */
    static Environment onThisHost(SelfCommand self) {
        return new Environment(self, List.of(VethNetwork.TARGET_IPV4, VethNetwork.TARGET_IPV6), "", List.of());
    }

    boolean isOnThisHost() {
        return attackersProgram.isEmpty();
    }

    /** Makes the network of a run. */
    AttackNetwork network() throws IOException {
        return isOnThisHost() ? VethNetwork.create(PREFIX) : new HostNetwork(targetInterface, attackersProgram);
    }

    /** The attackers' own interface, where it is known. */
    List<String> attackersInterface() {
        return isOnThisHost() ? List.of("--interface", VethNetwork.ATTACKERS_INTERFACE) : List.of();
    }
}
