package org.ipspipeline.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ipspipeline.pipeline.stage.StageFactory;
import org.ipspipeline.pipeline.topology.StageNode;

/**
 * A branch of a pipeline that is being declared: its stages follow one another, and run beside those of the other branches.
 *
 * @param <E> the event
 */
public final class Branch<E> {

    private final StageGraph<E> graph;
    private StageGraph.End end;
    private boolean empty = true;

    Branch(StageGraph<E> graph, StageGraph.End begin) {
        this.graph = graph;
        this.end = begin;
    }

    /** Adds a stage behind the last one; see {@link PipelineBuilder#stage}. */
    public Branch<E> stage(String name, StageFactory<E> factory) {
        end = graph.append(end, name, factory, false);
        empty = false;
        return this;
    }

    /** Adds the stage that ends this branch; see {@link PipelineBuilder#sink}. */
    public Branch<E> sink(String name, StageFactory<E> factory) {
        end = graph.append(end, name, factory, true);
        empty = false;
        return this;
    }

    /** Lets the stage just declared see the events of each source in order; see {@link PipelineBuilder#ordered}. */
    public Branch<E> ordered() {
        changeLast("ordered()", StageNode::inOrder);
        return this;
    }

    /** Gives the stage just declared threads of its own; see {@link PipelineBuilder#pooled}. */
    public Branch<E> pooled(int threads) {
        changeLast("pooled()", stage -> stage.inPoolOf(threads));
        return this;
    }

    /** Divides this branch further; see {@link PipelineBuilder#fork}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Branch<E> fork(Consumer<Branch<E>>... branches) {
        end = fork(graph, end, List.of(branches));
        empty = false;
        return this;
    }

    static <E> StageGraph.End fork(StageGraph<E> graph, StageGraph.End begin, List<Consumer<Branch<E>>> branches) {
        if (!begin.open()) {
            throw new IllegalStateException("branches follow a sink, which ends its branch");
        }
        if (branches.size() < 2) {
            throw new IllegalArgumentException("a fork needs 2 branches or more, not " + branches.size());
        }
        List<StageGraph.End> ends = new ArrayList<>();
        for (Consumer<Branch<E>> declaration : branches) {
            Branch<E> branch = new Branch<>(graph, begin);
            declaration.accept(branch);
            if (branch.empty) {
                throw new IllegalArgumentException("each branch of a fork needs a stage");
            }
            ends.add(branch.end);
        }
        return StageGraph.join(ends);
    }

    private void changeLast(String what, UnaryOperator<StageNode> change) {
        if (empty) {
            throw new IllegalStateException(what + " goes behind the stage that it is about");
        }
        graph.changeLast(what, change);
    }
}
