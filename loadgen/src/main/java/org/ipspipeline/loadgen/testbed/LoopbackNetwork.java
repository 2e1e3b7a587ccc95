package org.ipspipeline.loadgen.testbed;

import java.util.List;
import java.util.OptionalLong;

/** The loopback interface as it is: all there is without privileges. */
public final class LoopbackNetwork implements AttackNetwork {

    @Override
    public List<String> onTarget(List<String> command) {
        return command;
    }

    @Override
    public List<String> onAttackers(SelfCommand self, List<String> arguments) {
        return self.with(arguments);
    }

    @Override
    public OptionalLong droppedByDriver() {
        return OptionalLong.empty();
    }

    @Override
    public String targetInterface() {
        return "lo";
    }

    @Override
    public void close() {}
}
