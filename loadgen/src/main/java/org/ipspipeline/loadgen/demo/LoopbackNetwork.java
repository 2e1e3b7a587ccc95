package org.ipspipeline.loadgen.demo;

import java.util.List;
import java.util.OptionalLong;

/** The loopback interface as it is: what a demonstration without privileges has. */
final class LoopbackNetwork implements DemoNetwork {

    @Override
    public List<String> onTarget(List<String> command) {
        return command;
    }

    @Override
    public List<String> onAttackers(List<String> command) {
        return command;
    }

    @Override
    public OptionalLong droppedByDriver() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {}
}
