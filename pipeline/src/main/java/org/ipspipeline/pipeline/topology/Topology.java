package org.ipspipeline.pipeline.topology;

import java.util.List;

/**
 * Where everything runs.
 *
 * @param groups the groups, each behind those that it follows; the first polls the sources
 * @param sources how many sources there are
 * @param stealing whether idle workers serve segments that they are not home to
 * @param choice why it is as it is, in a few words
 */
public record Topology(List<StageGroup> groups, int sources, boolean stealing, String choice) {

    /** Copies the list. */
    public Topology {
        groups = List.copyOf(groups);
    }

    /** How many threads it runs. */
    public int threads() {
        return groups.stream().mapToInt(StageGroup::threads).sum();
    }

    /** The groups as one line, such as {@code [source+parse+match]x4 -> [count+ban]x1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (StageGroup group : groups) {
            text.append(text.isEmpty() ? "" : " -> ");
            text.append('[').append(group.name()).append("]x").append(group.threads());
            if (group.shared() && group.threads() > 1) {
                text.append(group.ordered() ? " shared in order" : " shared");
            }
        }
        return text.toString();
    }
}
