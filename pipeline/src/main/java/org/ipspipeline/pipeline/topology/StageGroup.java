package org.ipspipeline.pipeline.topology;

import java.util.List;

/**
 * Stages that run one after the other in the same thread.
 *
 * @param name the names of its steps, joined by a plus sign
 * @param polls whether its threads poll the sources as well
 * @param stages the numbers of its stages, in the order in which they run
 * @param after the numbers of the groups that it follows, all smaller than its own; empty when it follows the source alone
 * @param last whether it has stages and no group follows it: what it has handled is complete
 * @param ordered whether the events of a segment must be handled in their order
 * @param shared whether its threads may serve every segment, and not only those that they are home to
 * @param threads how many threads run it
 */
public record StageGroup(
        String name,
        boolean polls,
        List<Integer> stages,
        List<Integer> after,
        boolean last,
        boolean ordered,
        boolean shared,
        int threads) {

    /** Copies the lists. */
    public StageGroup {
        stages = List.copyOf(stages);
        after = List.copyOf(after);
    }
}
