package org.ipspipeline.loadgen.testbed;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Where participants live: on the side of the target, or on that of the attackers. */
public interface AttackNetwork extends AutoCloseable {

    /**
     * Makes a command run on the target's side.
     *
     * @param command to start
     * @return the command to start instead
     */
    List<String> onTarget(List<String> command);

    /**
     * Makes this program run on the attackers' side.
     *
     * @param self this program
     * @param arguments what would be typed after its name
     * @return the command to start
     */
    List<String> onAttackers(SelfCommand self, List<String> arguments);

    /**
     * What the target's network driver has counted as dropped by an XDP program.
     *
     * @return packets since the network exists; empty where no driver drops any
     * @throws IOException when the driver cannot be asked
     */
    OptionalLong droppedByDriver() throws IOException;

    /** {@return the target's interface, which packets of attackers arrive at} */
    String targetInterface();

    /** Takes the network away again; what is already gone is no error. */
    @Override
    void close();
}
