package org.ipspipeline.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ipspipeline.pipeline.cpu.CpuPlan;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.topology.StageGroup;

/** A pipeline of random shape whose stages stall and throw at random, and note what they see. */
final class RandomPipeline {

    private final Random random;
    private final long salt;
    private final List<NumberSource> sources = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final int[] firstIndex;
    private final int events;
    private final boolean stealing;
    private final boolean throwing;
    private final boolean stalling;
    private final Set<String> buried = ConcurrentHashMap.newKeySet();

    RandomPipeline(Random random) {
        this.random = random;
        this.salt = random.nextLong();
        this.stealing = random.nextBoolean();
        this.throwing = random.nextInt(3) == 0;
        this.stalling = random.nextInt(3) == 0;
        int count = 1 + random.nextInt(5);
        firstIndex = new int[count + 1];
        for (int source = 0; source < count; source++) {
            int size = random.nextInt(4) == 0 ? 0 : random.nextInt(600);
            firstIndex[source + 1] = firstIndex[source] + size;
            sources.add(new NumberSource(source, size));
        }
        events = firstIndex[count];
    }

    Pipeline<NumberEvent> build() {
        PipelineBuilder<NumberEvent> builder = Pipeline.<NumberEvent>named("random")
                .events(NumberEvent::new)
                .sources(sources)
                .ringSize(2 << random.nextInt(6))
                .batchLimit(1 + random.nextInt(16))
                .workers(1 + random.nextInt(4))
                .stealing(stealing)
                .cpuPlan(CpuPlan.none())
                .sampling(1 + random.nextInt(4))
                .weights(event -> 2)
                .onError(policy());
        declareStages(builder);
        chooseLayout(builder);
        Pipeline<NumberEvent> pipeline = builder.build();
        markOrdered(pipeline);
        return pipeline;
    }

    private ErrorPolicy<NumberEvent> policy() {
        ErrorPolicy<NumberEvent> policy =
                ErrorPolicy.deadLetter(failed -> buried.add(failed.event().source + ":" + failed.event().number));
        return random.nextBoolean() ? policy : policy.restartingAfter(1 + random.nextInt(3));
    }

    private void declareStages(PipelineBuilder<NumberEvent> builder) {
        int[] end = {};
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            if (random.nextInt(3) == 0) {
                end = declareFork(builder, end);
            } else {
                Stage stage = newStage(end);
                builder.stage(stage.name(), worker -> stage::handle);
                if (random.nextInt(4) == 0) {
                    builder.ordered();
                    stage.ordered = true;
                }
                if (random.nextInt(5) == 0) {
                    builder.pooled(1 + random.nextInt(3));
                }
                end = new int[] {stage.number};
            }
        }
    }

    private int[] declareFork(PipelineBuilder<NumberEvent> builder, int[] begin) {
        int[] leftEnd = new int[1];
        int[] rightEnd = new int[1];
        Consumer<Branch<NumberEvent>> left = branch -> leftEnd[0] = declareBranch(branch, begin);
        Consumer<Branch<NumberEvent>> right = branch -> rightEnd[0] = declareBranch(branch, begin);
        builder.fork(left, right);
        return new int[] {leftEnd[0], rightEnd[0]};
    }

    private int declareBranch(Branch<NumberEvent> branch, int[] begin) {
        int[] end = begin;
        int length = 1 + random.nextInt(2);
        for (int i = 0; i < length; i++) {
            Stage stage = newStage(end);
            branch.stage(stage.name(), worker -> stage::handle);
            if (random.nextInt(4) == 0) {
                branch.ordered();
                stage.ordered = true;
            }
            end = new int[] {stage.number};
        }
        return end[0];
    }

    private Stage newStage(int[] after) {
        Set<Integer> ancestors = new TreeSet<>();
        for (int before : after) {
            ancestors.add(before);
            ancestors.addAll(stages.get(before).ancestors);
        }
        Stage stage = new Stage(stages.size(), ancestors);
        stages.add(stage);
        return stage;
    }

    private void chooseLayout(PipelineBuilder<NumberEvent> builder) {
        switch (random.nextInt(4)) {
            case 0 -> builder.fused();
            case 1 -> builder.staged();
            case 2 -> builder.auto();
            default -> {
                if (random.nextBoolean()) {
                    builder.fuse("source", "s0");
                } else {
                    String[] all = IntStream.range(0, stages.size())
                            .mapToObj(stage -> "s" + stage)
                            .toArray(String[]::new);
                    if (all.length > 1) {
                        builder.fuse(all);
                    }
                }
            }
        }
    }

    /** Order is promised where the declaration asks for it, and wherever a source's events have one worker only. */
    private void markOrdered(Pipeline<?> pipeline) {
        for (StageGroup group : pipeline.topology().groups()) {
            boolean promised = group.ordered() || !group.shared() || group.threads() == 1;
            group.stages().forEach(stage -> stages.get(stage).ordered |= promised);
        }
    }

    int sources() {
        return sources.size();
    }

    int eventsOf(int source) {
        return firstIndex[source + 1] - firstIndex[source];
    }

    int events() {
        return events;
    }

    List<Stage> stages() {
        return stages;
    }

    long buried() {
        return buried.size();
    }

    long failingEvents() {
        long failing = 0;
        for (int source = 0; source < sources.size(); source++) {
            for (int number = 0; number < eventsOf(source); number++) {
                int of = source;
                int at = number;
                failing += stages.stream().anyMatch(stage -> throwsAt(stage.number, of, at)) ? 1 : 0;
            }
        }
        return failing;
    }

    boolean failsBefore(Stage stage, int source, int number) {
        return stage.ancestors.stream().anyMatch(before -> throwsAt(before, source, number));
    }

    boolean failsBeside(Stage stage, int source, int number) {
        return stages.stream()
                .filter(other -> other != stage && !other.ancestors.contains(stage.number))
                .anyMatch(other -> throwsAt(other.number, source, number));
    }

    private boolean throwsAt(int stage, int source, int number) {
        return throwing && Math.floorMod(hash(stage, source, number), 17) == 0;
    }

    private int hash(int stage, int source, int number) {
        return new Random(salt + 31L * stage + 1_009L * source + 1_000_003L * number).nextInt();
    }

    /** A stage that notes what it sees; one object for all workers. */
    final class Stage {

        private final int number;
        private final Set<Integer> ancestors;
        private final AtomicIntegerArray seen = new AtomicIntegerArray(Math.max(1, events));
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong thrown = new AtomicLong();
        private final AtomicLong outOfOrder = new AtomicLong();
        private final long[] next = new long[sources.size() * 16];
        private boolean ordered;

        Stage(int number, Set<Integer> ancestors) {
            this.number = number;
            this.ancestors = ancestors;
        }

        void handle(NumberEvent event) {
            calls.incrementAndGet();
            seen.incrementAndGet(firstIndex[event.source] + (int) event.number);
            checkOrder(event);
            int hash = hash(number + 100, event.source, (int) event.number);
            if (stalling && Math.floorMod(hash, 50) == 0) {
                stall(hash);
            }
            if (throwsAt(number, event.source, (int) event.number)) {
                thrown.incrementAndGet();
                throw new IllegalStateException("at random");
            }
        }

        private void stall(int hash) {
            if (hash % 2 == 0) {
                LockSupport.parkNanos(20_000);
            } else {
                for (int spin = 0; spin < 500; spin++) {
                    Thread.onSpinWait();
                }
            }
        }

        private void checkOrder(NumberEvent event) {
            if (ordered) {
                // Plain on purpose: the pipeline promises that each worker sees what the one before it did.
                int own = event.source * 16;
                if (event.number < next[own]) {
                    outOfOrder.incrementAndGet();
                }
                next[own] = event.number + 1;
            }
        }

        String name() {
            return "s" + number;
        }

        int seen(int source, int event) {
            return seen.get(firstIndex[source] + event);
        }

        long calls() {
            return calls.get();
        }

        long thrown() {
            return thrown.get();
        }

        long outOfOrder() {
            return outOfOrder.get();
        }
    }
}
