package org.ipspipeline.pipeline.topology;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the stages of a declaration into threads.
 *
 * @param stages the stages, each behind those that it follows
 * @param sources how many sources there are
 * @param layout how stages are put into threads where {@code fusions} does not say so
 * @param fusions names of steps that share a thread, a list for each group
 * @param workers how many threads each group has, or 0 for what suits the CPUs
 * @param stealing whether idle workers serve segments that they are not home to
 * @param cpus how many CPUs the process may use
 */
public record TopologyPlanner(
        List<StageNode> stages,
        int sources,
        Layout layout,
        List<List<String>> fusions,
        int workers,
        boolean stealing,
        int cpus) {

    /**
     * Decides.
     *
     * @throws IllegalArgumentException when the fusions name no stage, or make groups that wait for each other
     */
    public Topology plan() {
        int eachGroup = workers > 0 ? workers : defaultWorkers();
        String cores = cpus == 1 ? "1 CPU" : cpus + " CPUs";
        if (!fusions.isEmpty()) {
            Grouping grouping = Grouping.staged(stages);
            for (List<String> names : fusions) {
                grouping = grouping.fuse(names);
            }
            return link(grouping, eachGroup, "fused as declared, on " + cores);
        }
        return switch (layout) {
            case FUSED -> link(Grouping.fused(stages), eachGroup, "fused as declared, on " + cores);
            case STAGED -> link(Grouping.staged(stages), eachGroup, "staged as declared, on " + cores);
            case AUTO -> automatic(eachGroup, cores);
        };
    }

    /** Beyond one worker a segment, or one a CPU, another worker would only take turns with the rest. */
    private int defaultWorkers() {
        return stealing ? cpus : Math.min(sources, cpus);
    }

    /**
     * Handing an event to another thread costs more than a small stage does, so stages are divided only when the segments
     * cannot keep the CPUs busy by themselves, and only as far as each part has a CPU. None is left free for whoever feeds the
     * sources: a part that has to share its CPU still takes work off the others ({@code bench pipeline}).
     */
    private Topology automatic(int eachGroup, String cores) {
        boolean pooled = stages.stream().anyMatch(stage -> stage.pool() > 0);
        boolean ordered = stages.stream().anyMatch(StageNode::ordered);
        int busy = stealing && !ordered ? eachGroup : Math.min(eachGroup, sources);
        int parts = cpus / Math.max(1, busy);
        if (pooled || busy >= cpus || parts < 2) {
            String why = busy >= cpus
                    ? "the workers keep " + cores + " busy"
                    : pooled ? "the pools divide it" : cores + " are too few to divide the stages";
            return link(Grouping.fused(stages), eachGroup, "auto chose fused: " + why);
        }
        if (parts > stages.size()) {
            return link(
                    Grouping.staged(stages), eachGroup, "auto chose staged: " + cores + " for " + busy + " at a time");
        }
        return link(
                Grouping.divided(stages, parts),
                eachGroup,
                "auto chose " + parts + " parts: " + cores + " for " + busy + " at a time");
    }

    private Topology link(Grouping grouping, int eachGroup, String choice) {
        List<List<Integer>> ordered = grouping.inOrder();
        int[] groupOf = new int[stages.size() + 1];
        for (int group = 0; group < ordered.size(); group++) {
            for (int step : ordered.get(group)) {
                groupOf[step] = group;
            }
        }
        boolean[] followed = new boolean[ordered.size()];
        List<Set<Integer>> before = new ArrayList<>();
        for (int group = 0; group < ordered.size(); group++) {
            before.add(groupsBefore(ordered.get(group), groupOf, group));
            before.get(group).forEach(other -> followed[other] = true);
        }
        List<StageGroup> groups = new ArrayList<>();
        for (int group = 0; group < ordered.size(); group++) {
            groups.add(group(ordered.get(group), before.get(group), followed[group], eachGroup));
        }
        return new Topology(groups, sources, stealing, choice);
    }

    private Set<Integer> groupsBefore(List<Integer> steps, int[] groupOf, int own) {
        Set<Integer> before = new LinkedHashSet<>();
        for (int step : steps) {
            // What follows the source itself waits for no group: the ring's cursor tells what has come.
            if (step > 0) {
                stages.get(step - 1).after().forEach(other -> before.add(groupOf[other + 1]));
            }
        }
        before.remove(own);
        return before;
    }

    private StageGroup group(List<Integer> steps, Set<Integer> before, boolean followed, int eachGroup) {
        List<Integer> members =
                steps.stream().filter(step -> step > 0).map(step -> step - 1).toList();
        int pool = members.stream()
                .mapToInt(stage -> stages.get(stage).pool())
                .max()
                .orElse(0);
        boolean shared = pool > 0 || (stealing && !members.isEmpty());
        int threads = pool > 0 ? pool : shared ? eachGroup : Math.min(eachGroup, sources);
        return new StageGroup(
                Grouping.nameOf(stages, steps),
                steps.contains(0),
                members,
                List.copyOf(before),
                !followed && !members.isEmpty(),
                members.stream().anyMatch(stage -> stages.get(stage).ordered()),
                shared,
                threads);
    }
}
