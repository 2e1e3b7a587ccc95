package org.ipspipeline.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyPlannerTest {

    private static final StageNode PARSE = stage("parse");
    private static final StageNode MATCH = stage("match", 0);
    private static final StageNode COUNT = stage("count", 1);
    private static final StageNode BAN = stage("ban", 2);
    private static final List<StageNode> CHAIN = List.of(PARSE, MATCH, COUNT, BAN);

    private static StageNode stage(String name, Integer... after) {
        return new StageNode(name, List.of(after), false, 0);
    }

    private static Topology plan(List<StageNode> stages, Layout layout, List<List<String>> fusions) {
        return new TopologyPlanner(stages, 4, layout, fusions, 2, false, 8).plan();
    }

    private static Topology automatic(List<StageNode> stages, int sources, int workers, boolean stealing, int cpus) {
        return new TopologyPlanner(stages, sources, Layout.AUTO, List.of(), workers, stealing, cpus).plan();
    }

    @Test
    void fusedRunsAllStepsInOneThread() {
        assertThat(plan(CHAIN, Layout.FUSED, List.of())).hasToString("[source+parse+match+count+ban]x2");
    }

    @Test
    void stagedRunsEachStepInAThreadOfItsOwn() {
        assertThat(plan(CHAIN, Layout.STAGED, List.of()))
                .hasToString("[source]x2 -> [parse]x2 -> [match]x2 -> [count]x2 -> [ban]x2");
    }

    @Test
    void namedStepsAreFusedAndTheOthersAreNot() {
        assertThat(plan(CHAIN, Layout.AUTO, List.of(List.of("source", "parse", "match"))))
                .hasToString("[source+parse+match]x2 -> [count]x2 -> [ban]x2");
        assertThat(plan(CHAIN, Layout.AUTO, List.of(List.of("parse", "match"), List.of("count", "ban"))))
                .hasToString("[source]x2 -> [parse+match]x2 -> [count+ban]x2");
        assertThat(plan(CHAIN, Layout.AUTO, List.of(List.of("parse", "match"), List.of("match", "count"))))
                .hasToString("[source]x2 -> [parse+match+count]x2 -> [ban]x2");
    }

    @Test
    void refusesToFuseAroundAStageOrWhatIsNotThere() {
        assertThatThrownBy(() -> plan(CHAIN, Layout.AUTO, List.of(List.of("parse", "count"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parse+count")
                .hasMessageContaining("match");
        assertThatThrownBy(() -> plan(CHAIN, Layout.AUTO, List.of(List.of("parse", "mach"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mach'")
                .hasMessageContaining("'match'");
    }

    @Test
    void aPooledStageHasThreadsOfItsOwnBetweenFusedOnes() {
        Topology topology = plan(List.of(PARSE, MATCH.inPoolOf(3), COUNT, BAN), Layout.FUSED, List.of());
        assertThat(topology).hasToString("[source+parse]x2 -> [match]x3 shared -> [count+ban]x2");
        assertThat(topology.threads()).isEqualTo(7);
    }

    @Test
    void branchesAreFusedWithWhatTheyFollowAndJoinedInOrder() {
        List<StageNode> diamond =
                List.of(PARSE, stage("count", 0), stage("store", 0).inPoolOf(2), stage("ban", 1, 2));
        Topology topology = plan(diamond, Layout.FUSED, List.of());
        assertThat(topology).hasToString("[source+parse+count]x2 -> [store]x2 shared -> [ban]x2");
        assertThat(topology.groups().get(1).after()).containsExactly(0);
        assertThat(topology.groups().get(2).after()).containsExactlyInAnyOrder(0, 1);
        assertThat(topology.groups()).extracting(StageGroup::last).containsExactly(false, false, true);
    }

    @Test
    void branchesThatEndGateTheRingEach() {
        Topology topology = plan(List.of(PARSE, stage("a", 0), stage("b", 0)), Layout.STAGED, List.of());
        assertThat(topology.groups()).extracting(StageGroup::last).containsExactly(false, false, true, true);
    }

    @Test
    void autoFusesWhereTheWorkersKeepTheCpusBusy() {
        assertThat(automatic(CHAIN, 4, 0, false, 2)).hasToString("[source+parse+match+count+ban]x2");
        assertThat(automatic(CHAIN, 16, 0, false, 8)).hasToString("[source+parse+match+count+ban]x8");
        assertThat(automatic(CHAIN, 1, 0, true, 4)).hasToString("[source+parse+match+count+ban]x4 shared");
    }

    @Test
    void autoFusesOnOneCpuAndWhereHalfOfThemAreBusy() {
        assertThat(automatic(CHAIN, 1, 0, false, 1)).hasToString("[source+parse+match+count+ban]x1");
        assertThat(automatic(CHAIN, 1, 0, false, 1).choice()).contains("auto chose fused", "1 CPU");
        assertThat(automatic(CHAIN, 2, 0, false, 3)).hasToString("[source+parse+match+count+ban]x2");
        assertThat(automatic(CHAIN, 2, 0, false, 3).choice()).contains("auto chose fused", "3 CPUs");
    }

    @Test
    void autoDividesAsFarAsTheCpusGo() {
        assertThat(automatic(CHAIN, 1, 0, false, 2)).hasToString("[source+parse+match]x1 -> [count+ban]x1");
        assertThat(automatic(CHAIN, 1, 0, false, 3)).hasToString("[source+parse]x1 -> [match]x1 -> [count+ban]x1");
        assertThat(automatic(CHAIN, 2, 0, false, 4)).hasToString("[source+parse+match]x2 -> [count+ban]x2");
        assertThat(automatic(CHAIN, 1, 0, false, 8))
                .hasToString("[source]x1 -> [parse]x1 -> [match]x1 -> [count]x1 -> [ban]x1");
        assertThat(automatic(CHAIN, 1, 0, false, 8).choice()).contains("auto chose staged");
    }

    @Test
    void stealingHelpsAnOrderedStageOnlyAcrossSources() {
        List<StageNode> ordered = List.of(PARSE, MATCH, COUNT.inOrder(), BAN);
        assertThat(automatic(ordered, 1, 1, true, 8).groups()).hasSize(5);
        assertThat(automatic(ordered, 8, 8, true, 8)).hasToString("[source+parse+match+count+ban]x8 shared in order");
    }

    @Test
    void thereAreNoMoreWorkersThanSourcesWithoutStealing() {
        Topology topology = new TopologyPlanner(CHAIN, 2, Layout.FUSED, List.of(), 8, false, 8).plan();
        assertThat(topology.threads()).isEqualTo(2);
        topology = new TopologyPlanner(CHAIN, 2, Layout.FUSED, List.of(), 8, true, 8).plan();
        assertThat(topology.threads()).isEqualTo(8);
    }
}
