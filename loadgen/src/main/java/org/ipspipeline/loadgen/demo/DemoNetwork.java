package org.ipspipeline.loadgen.demo;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Where a demonstration's participants live: two network namespaces and a veth pair, or just the loopback interface. */
interface DemoNetwork extends AutoCloseable {

    /**
     * Makes a command run on the target's side.
     *
     * @param command as it would be typed
     * @return the command to start instead
     */
    List<String> onTarget(List<String> command);

    /**
     * Makes a command run on the attackers' side.
     *
     * @param command as it would be typed
     * @return the command to start instead
     */
    List<String> onAttackers(List<String> command);

    /**
     * What the target's network driver has counted as dropped by an XDP program.
     *
     * @return packets since the network exists; empty where no driver drops any
     * @throws IOException when the driver cannot be asked
     */
    OptionalLong droppedByDriver() throws IOException;

    /** Takes the network away again; what is already gone is no error. */
    @Override
    void close();
}
