package org.ipspipeline.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SegmentAssignmentTest {

    @Example
    void everySegmentBelongsToExactlyOneWorkerForAllNumbersUpTo32() {
        for (int segments = 1; segments <= 32; segments++) {
            for (int workers = 1; workers <= 32; workers++) {
                assertThatEverySegmentHasOneWorker(new SegmentAssignment(segments, workers));
            }
        }
    }

    @Property
    void everySegmentBelongsToExactlyOneWorkerForGreatNumbers(
            @ForAll @IntRange(min = 1, max = 2000) int segments, @ForAll @IntRange(min = 1, max = 2000) int workers) {
        assertThatEverySegmentHasOneWorker(new SegmentAssignment(segments, workers));
    }

    private static void assertThatEverySegmentHasOneWorker(SegmentAssignment assignment) {
        int[] owners = new int[assignment.segments()];
        for (int worker = 0; worker < assignment.workers(); worker++) {
            int fair = assignment.segments() / assignment.workers();
            assertThat(assignment.countOf(worker)).isBetween(fair, fair + 1);
            for (int offset = 0; offset < assignment.countOf(worker); offset++) {
                int segment = assignment.firstOf(worker) + offset;
                owners[segment]++;
                assertThat(assignment.workerOf(segment)).isEqualTo(worker);
            }
        }
        assertThat(owners).containsOnly(1);
    }

    @Example
    void refusesToAssignNothingOrToNobody() {
        assertThatThrownBy(() -> new SegmentAssignment(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SegmentAssignment(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
