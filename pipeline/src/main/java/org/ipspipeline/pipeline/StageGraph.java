package org.ipspipeline.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ipspipeline.pipeline.stage.StageFactory;
import org.ipspipeline.pipeline.topology.StageNode;

/** The stages declared so far. Ends of branches are sets of the numbers of stages that the next one follows. */
final class StageGraph<E> {

    private final List<StageNode> nodes = new ArrayList<>();
    private final List<StageFactory<E>> factories = new ArrayList<>();

    /** Where a branch stands. */
    record End(List<Integer> stages, boolean open) {

        static final End SOURCE = new End(List.of(), true);
    }

    End append(End end, String name, StageFactory<E> factory, boolean sink) {
        Objects.requireNonNull(factory, "factory");
        if (name.isBlank() || name.equals(StageNode.SOURCE) || isDeclared(name)) {
            throw new IllegalArgumentException(
                    "a stage needs a name of its own, other than '" + StageNode.SOURCE + "': '" + name + "' is none");
        }
        if (!end.open()) {
            throw new IllegalStateException("stage '" + name + "' follows a sink, which ends its branch");
        }
        nodes.add(new StageNode(name, end.stages(), false, 0));
        factories.add(factory);
        return new End(List.of(nodes.size() - 1), !sink);
    }

    private boolean isDeclared(String name) {
        return nodes.stream().anyMatch(node -> node.name().equals(name));
    }

    /** Where the branches join: behind all of those that do not end in a sink. */
    static End join(List<End> branches) {
        Set<Integer> stages = new LinkedHashSet<>();
        branches.stream().filter(End::open).forEach(branch -> stages.addAll(branch.stages()));
        return new End(List.copyOf(stages), !stages.isEmpty());
    }

    /** Changes the stage that was declared last. */
    void changeLast(String what, UnaryOperator<StageNode> change) {
        if (nodes.isEmpty()) {
            throw new IllegalStateException(what + " goes behind the stage that it is about");
        }
        nodes.set(nodes.size() - 1, change.apply(nodes.get(nodes.size() - 1)));
    }

    List<StageNode> nodes() {
        return List.copyOf(nodes);
    }

    List<StageFactory<E>> factories() {
        return List.copyOf(factories);
    }
}
