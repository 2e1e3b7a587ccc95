package org.ipspipeline.pipeline.topology;

import java.util.List;

/**
 * A stage as it was declared.
 *
 * @param name its name, unique in the pipeline
 * @param after the numbers of the stages that it follows, all smaller than its own; empty when it follows the source
 * @param ordered whether it must see the events of a segment in their order
 * @param pool how many threads serve it in common, or 0 when it is not pooled
 */
public record StageNode(String name, List<Integer> after, boolean ordered, int pool) {

    /** The name of the step before all stages: polling the source. */
    public static final String SOURCE = "source";

    /** Copies the list. */
    public StageNode {
        after = List.copyOf(after);
    }

    /** The same stage, which must see the events of a segment in their order. */
    public StageNode inOrder() {
        return new StageNode(name, after, true, pool);
    }

    /**
     * The same stage with threads of its own.
     *
     * @param threads how many, from 1
     */
    public StageNode inPoolOf(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("stage '" + name + "' needs a pool of 1 thread or more, not " + threads);
        }
        return new StageNode(name, after, ordered, threads);
    }
}
