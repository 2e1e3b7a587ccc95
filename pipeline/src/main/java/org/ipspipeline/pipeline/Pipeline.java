package org.ipspipeline.pipeline;

import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipspipeline.pipeline.cpu.CpuAssignment;
import org.ipspipeline.pipeline.cpu.CpuLayout;
import org.ipspipeline.pipeline.cpu.CpuPlan;
import org.ipspipeline.pipeline.engine.Declaration;
import org.ipspipeline.pipeline.engine.Engine;
import org.ipspipeline.pipeline.idle.IdleStrategy;
import org.ipspipeline.pipeline.topology.StageNode;
import org.ipspipeline.pipeline.topology.Topology;

/**
 * Stages over many sources, declared and ready to run.
 *
 * <pre>{@code
 * Pipeline<LineBlock> pipeline = Pipeline.<LineBlock>named("ips")
 *         .events(LineBlock::new).ringSize(16).batchLimit(1)
 *         .sources(segments)
 *         .stage("match", worker -> new Matcher(patterns))
 *         .stage("count", worker -> new Counter(failures))
 *         .sink("ban", worker -> new Banner(keeper))
 *         .workers(4).stealing(true)
 *         .build();
 * try (RunningPipeline running = pipeline.start()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Immutable. It runs once, since its sources are used up by that.
 *
 * @param <E> the event
 */
public final class Pipeline<E> {

    private final Declaration<E> declaration;
    private final Topology topology;
    private final CpuAssignment cpus;
    private final AtomicBoolean started = new AtomicBoolean();

    Pipeline(Declaration<E> declared, Topology topology, CpuPlan cpuPlan, CpuLayout layout) {
        this.topology = topology;
        this.cpus = cpuPlan.assign(topology.threads(), layout);
        boolean ownCpus =
                cpus.isExclusive() || topology.threads() <= layout.allowed().size();
        IdleStrategy idle = ownCpus ? declared.idle() : declared.idle().onSharedCpus();
        this.declaration = declared.withIdle(idle);
    }

    /**
     * Begins a declaration.
     *
     * @param name the pipeline's name, which its threads and messages bear
     */
    public static <E> PipelineBuilder<E> named(String name) {
        return new PipelineBuilder<>(name);
    }

    /**
     * Makes the rings and the workers, has each worker make its stages, and begins to poll.
     *
     * @return the pipeline's handle; closing it ends the pipeline
     * @throws IllegalStateException when a stage cannot be made, or the pipeline was started before
     */
    public RunningPipeline start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("pipeline '" + name() + "' was started before; declare another");
        }
        Engine<E> engine = new Engine<>(declaration, topology, cpus);
        engine.start();
        return new RunningPipeline(engine);
    }

    /** The pipeline's name. */
    public String name() {
        return declaration.name();
    }

    /** Which stages share threads, how many there are, and why. */
    public Topology topology() {
        return topology;
    }

    /** Which thread is to run on which CPU, and why. */
    public CpuAssignment cpus() {
        return cpus;
    }

    /** What was declared and what was decided, in a few lines for people. */
    public String describe() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add("pipeline " + name() + ": " + topology.sources() + (topology.sources() == 1 ? " source" : " sources")
                + ", rings of " + declaration.ringSize() + ", batches of " + declaration.batchLimit() + ", stealing "
                + (topology.stealing() ? "on" : "off"));
        lines.add("  stages   " + stages());
        lines.add("  threads  " + topology + " (" + topology.choice() + ")");
        lines.add("  CPUs     " + cpus);
        lines.add("  idle     " + declaration.idle() + "; on error: " + declaration.errors());
        return lines.toString();
    }

    private String stages() {
        StringJoiner stages = new StringJoiner(", ");
        for (StageNode stage : declaration.stages()) {
            String before = stage.after().isEmpty()
                    ? StageNode.SOURCE
                    : String.join(
                            "+",
                            stage.after().stream()
                                    .map(other ->
                                            declaration.stages().get(other).name())
                                    .toList());
            stages.add(before + " -> " + stage.name() + (stage.ordered() ? " in order" : ""));
        }
        return stages.toString();
    }

    @Override
    public String toString() {
        return name() + ": " + topology;
    }
}
