package org.ipspipeline.pipeline.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which steps share a thread. Step 0 is the polling of the source, step i + 1 is stage i; each has the number of its group.
 */
final class Grouping {

    private final List<StageNode> stages;
    private final int[] groupOf;

    private Grouping(List<StageNode> stages, int[] groupOf) {
        this.stages = stages;
        this.groupOf = groupOf;
    }

    /** Every step in a group of its own. */
    static Grouping staged(List<StageNode> stages) {
        int[] groupOf = new int[stages.size() + 1];
        Arrays.setAll(groupOf, step -> step);
        return new Grouping(stages, groupOf);
    }

    /** A stage joins the group that all its predecessors are in; a pooled one, and one that joins branches, begins another. */
    static Grouping fused(List<StageNode> stages) {
        int[] groupOf = new int[stages.size() + 1];
        for (int stage = 0; stage < stages.size(); stage++) {
            int[] before = stepsBefore(stages.get(stage)).stream()
                    .mapToInt(step -> groupOf[step])
                    .distinct()
                    .toArray();
            boolean joins =
                    before.length == 1 && stages.get(stage).pool() == 0 && !isPooled(stages, groupOf, before[0]);
            groupOf[stage + 1] = joins ? before[0] : stage + 1;
        }
        return new Grouping(stages, groupOf);
    }

    /** The stages, in the order in which they were declared, in so many groups of about the same number of stages. */
    static Grouping divided(List<StageNode> stages, int groups) {
        int[] groupOf = new int[stages.size() + 1];
        SegmentAssignment division = new SegmentAssignment(stages.size(), groups);
        for (int stage = 0; stage < stages.size(); stage++) {
            groupOf[stage + 1] = division.workerOf(stage);
        }
        return new Grouping(stages, groupOf);
    }

    private static boolean isPooled(List<StageNode> stages, int[] groupOf, int group) {
        // Only stages declared before the one that asks have their group by now, and only those can be in it.
        return group > 0 && groupOf[group] == group && stages.get(group - 1).pool() > 0;
    }

    /** Puts the named steps, and whoever shares a group with one of them already, into one group. */
    Grouping fuse(List<String> names) {
        int[] merged = groupOf.clone();
        int into = merged[stepNamed(names.get(0))];
        for (String name : names) {
            int from = merged[stepNamed(name)];
            for (int step = 0; step < merged.length; step++) {
                if (merged[step] == from) {
                    merged[step] = into;
                }
            }
        }
        return new Grouping(stages, merged);
    }

    private int stepNamed(String name) {
        if (name.equals(StageNode.SOURCE)) {
            return 0;
        }
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stages.get(stage).name().equals(name)) {
                return stage + 1;
            }
        }
        throw new IllegalArgumentException(
                "there is no stage '" + name + "' to fuse; there are '" + StageNode.SOURCE + "' and "
                        + stages.stream().map(stage -> "'" + stage.name() + "'").toList());
    }

    /**
     * The groups' steps, each group behind those that it follows, the one that polls first.
     *
     * @throws IllegalArgumentException when two groups would wait for each other
     */
    List<List<Integer>> inOrder() {
        List<List<Integer>> ordered = new ArrayList<>();
        boolean[] placed = new boolean[groupOf.length];
        List<Integer> left =
                new ArrayList<>(Arrays.stream(groupOf).distinct().boxed().toList());
        while (!left.isEmpty()) {
            Integer next = left.stream()
                    .filter(group -> followsOnly(group, placed))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "stages cannot be fused around others that lie between" + " them: the groups "
                                    + left.stream().map(this::namesOf).toList() + " wait for each other"));
            List<Integer> steps = stepsOf(next);
            steps.forEach(step -> placed[step] = true);
            ordered.add(steps);
            left.remove(next);
        }
        return ordered;
    }

    private boolean followsOnly(int group, boolean[] placed) {
        return stepsOf(group).stream()
                .filter(step -> step > 0)
                .flatMap(step -> stepsBefore(stages.get(step - 1)).stream())
                .allMatch(before -> placed[before] || groupOf[before] == group);
    }

    private List<Integer> stepsOf(int group) {
        List<Integer> steps = new ArrayList<>();
        for (int step = 0; step < groupOf.length; step++) {
            if (groupOf[step] == group) {
                steps.add(step);
            }
        }
        return steps;
    }

    private String namesOf(int group) {
        return nameOf(stages, stepsOf(group));
    }

    static String nameOf(List<StageNode> stages, List<Integer> steps) {
        return String.join(
                "+",
                steps.stream()
                        .map(step -> step == 0
                                ? StageNode.SOURCE
                                : stages.get(step - 1).name())
                        .toList());
    }

    static List<Integer> stepsBefore(StageNode stage) {
        return stage.after().isEmpty()
                ? List.of(0)
                : stage.after().stream().map(before -> before + 1).toList();
    }
}
