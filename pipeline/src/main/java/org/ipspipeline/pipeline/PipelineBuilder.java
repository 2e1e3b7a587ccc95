package org.ipspipeline.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ipspipeline.pipeline.cpu.CpuLayout;
import org.ipspipeline.pipeline.cpu.CpuPlan;
import org.ipspipeline.pipeline.engine.Declaration;
import org.ipspipeline.pipeline.idle.IdleStrategy;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.stage.Source;
import org.ipspipeline.pipeline.stage.StageFactory;
import org.ipspipeline.pipeline.stage.StuckWorker;
import org.ipspipeline.pipeline.topology.Layout;
import org.ipspipeline.pipeline.topology.StageNode;
import org.ipspipeline.pipeline.topology.TopologyPlanner;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that is being declared. What is wrong in one call is thrown by that call, what does not fit together by {@link
 * #build}; each message says what to write instead. Needed are {@link #events}, at least one source and at least one stage.
 *
 * @param <E> the event
 */
public final class PipelineBuilder<E> {

    /** The greatest ring: beyond it events wait for longer than any cache keeps them. */
    private static final int MAX_RING_SIZE = 1 << 24;

    private final String name;
    private final StageGraph<E> graph = new StageGraph<>();
    private final List<Source<E>> sources = new ArrayList<>();
    private final List<List<String>> fusions = new ArrayList<>();
    private StageGraph.End end = StageGraph.End.SOURCE;
    private @Nullable Supplier<E> events;
    private Layout layout = Layout.AUTO;
    private int ringSize = 1024;
    private int batchLimit = 64;
    private int workers;
    private boolean stealing;
    private IdleStrategy idle = IdleStrategy.backingOff();
    private CpuPlan cpuPlan = CpuPlan.auto();
    private ErrorPolicy<E> errors = ErrorPolicy.skip();
    private @Nullable ToLongFunction<E> timestamps;
    private @Nullable ToLongFunction<E> weights;
    private int sampling = 16;
    private @Nullable Duration stuckAfter = Duration.ofSeconds(10);
    private Consumer<StuckWorker> onStuck = PipelineBuilder::logStuck;
    private Duration drainTimeout = Duration.ofSeconds(10);
    private boolean drainOnShutdown;

    PipelineBuilder(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a pipeline needs a name");
        }
        this.name = name;
    }

    /**
     * Says what makes the events. They are made when the pipeline starts, {@link #ringSize} for each source, and used again
     * and again.
     */
    public PipelineBuilder<E> events(Supplier<E> factory) {
        this.events = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /** Adds a source, with a ring of its own. The pipeline closes it at its end. */
    public PipelineBuilder<E> source(Source<E> source) {
        sources.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /** Adds sources, each with a ring of its own. The pipeline closes them at its end. */
    public PipelineBuilder<E> sources(List<? extends Source<E>> more) {
        more.forEach(this::source);
        return this;
    }

    /** Sets how many events each ring has: a power of two from 2 to 2^24, 1024 by default; a few suffice for blocks. */
    public PipelineBuilder<E> ringSize(int size) {
        if (size < 2 || size > MAX_RING_SIZE || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a ring has a power of two from 2 to 2^24 events, not " + size);
        }
        this.ringSize = size;
        return this;
    }

    /** Sets how many events a worker takes at a time at most: from 1, 64 by default; 1 or 2 suit blocks of records. */
    public PipelineBuilder<E> batchLimit(int limit) {
        this.batchLimit = atLeastOne("the batch limit", limit);
        return this;
    }

    /**
     * Adds a stage behind the last one, or behind all branches of a {@link #fork}.
     *
     * @param stage its name, unique in the pipeline
     * @param factory makes an instance for each worker that runs it
     */
    public PipelineBuilder<E> stage(String stage, StageFactory<E> factory) {
        end = graph.append(end, stage, factory, false);
        return this;
    }

    /**
     * Adds a stage that ends the pipeline: nothing may follow it.
     *
     * @param stage its name, unique in the pipeline
     * @param factory makes an instance for each worker that runs it
     */
    public PipelineBuilder<E> sink(String stage, StageFactory<E> factory) {
        end = graph.append(end, stage, factory, true);
        return this;
    }

    /**
     * Lets the stage just declared see the events of each source in their order, one worker at a time, each seeing what the
     * one before it did. Without this, and with {@link #stealing} or a {@link #pooled} stage, batches of one source may be
     * handled at the same time and in any order; the events within a batch always keep theirs. Stages that share a thread
     * share the order too; one that must be in order behind one that is not waits for all events before its own.
     */
    public PipelineBuilder<E> ordered() {
        graph.changeLast("ordered()", StageNode::inOrder);
        return this;
    }

    /**
     * Gives the stage just declared threads of its own, which serve all sources together.
     *
     * @param threads how many, from 1
     */
    public PipelineBuilder<E> pooled(int threads) {
        graph.changeLast("pooled()", stage -> stage.inPoolOf(threads));
        return this;
    }

    /**
     * Divides the pipeline into branches that run side by side on the same events; the next stage follows all those that do
     * not end in a sink. Branches must not write to the same parts of an event.
     *
     * @param branches declare the branches, two or more
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final PipelineBuilder<E> fork(Consumer<Branch<E>>... branches) {
        end = Branch.fork(graph, end, List.of(branches));
        return this;
    }

    /** Runs all stages of a source, and its polling, in one thread; pooled stages have their own. */
    public PipelineBuilder<E> fused() {
        this.layout = Layout.FUSED;
        return this;
    }

    /** Runs each stage in a thread of its own, and the polling in another. */
    public PipelineBuilder<E> staged() {
        this.layout = Layout.STAGED;
        return this;
    }

    /** Lets the CPUs at hand decide which stages share threads: the default. {@link Pipeline#describe} says what came of it. */
    public PipelineBuilder<E> auto() {
        this.layout = Layout.AUTO;
        return this;
    }

    /**
     * Runs these steps in one thread, and every other in a thread of its own, unless another call fuses it.
     *
     * @param steps names of stages, or {@code "source"} for the polling
     */
    public PipelineBuilder<E> fuse(String... steps) {
        if (steps.length < 2) {
            throw new IllegalArgumentException("fusing takes two names or more");
        }
        fusions.add(List.of(steps));
        return this;
    }

    /**
     * Sets how many workers each group of stages has: from 1. Every source is at home at one of them. By default as many as
     * there are CPUs, and without stealing no more than sources.
     */
    public PipelineBuilder<E> workers(int count) {
        this.workers = atLeastOne("the number of workers", count);
        return this;
    }

    /**
     * Lets a worker whose own sources have brought nothing take batches of the others', and poll a source whose worker is
     * kept by a stage. Off by default. Gives up the order of events within a source, except for {@link #ordered} stages.
     */
    public PipelineBuilder<E> stealing(boolean enabled) {
        this.stealing = enabled;
        return this;
    }

    /** Sets what a worker does when there is nothing to do: {@link IdleStrategy#backingOff()} by default. */
    public PipelineBuilder<E> idle(IdleStrategy strategy) {
        this.idle = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /** Sets which thread runs on which CPU: {@link CpuPlan#auto()} by default. */
    public PipelineBuilder<E> cpuPlan(CpuPlan plan) {
        this.cpuPlan = Objects.requireNonNull(plan, "plan");
        return this;
    }

    /** Sets what becomes of an event that a stage failed on: {@link ErrorPolicy#skip()} by default. */
    public PipelineBuilder<E> onError(ErrorPolicy<E> policy) {
        this.errors = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Says when an event arose, so that its latency begins there, and not at its poll.
     *
     * @param timestamp reads it, in ns of {@link System#nanoTime()}, or 0 when it is not known; must not throw
     */
    public PipelineBuilder<E> timestamps(ToLongFunction<E> timestamp) {
        this.timestamps = Objects.requireNonNull(timestamp, "timestamp");
        return this;
    }

    /**
     * Says what an event stands for, such as lines, so that stages count that too.
     *
     * @param weight reads it, before the event's first stage in a thread; must not throw
     */
    public PipelineBuilder<E> weights(ToLongFunction<E> weight) {
        this.weights = Objects.requireNonNull(weight, "weight");
        return this;
    }

    /** Sets of how many batches one is timed, from 1 for all: 16 by default. Timing one takes some 100 ns for each stage. */
    public PipelineBuilder<E> sampling(int batches) {
        this.sampling = atLeastOne("the sampling rate", batches);
        return this;
    }

    /**
     * Sets how long a worker may be over one event, or one poll, before it is reported with its stack: 10 s by default. The
     * report goes to the log.
     */
    public PipelineBuilder<E> watchdog(Duration limit) {
        return watchdog(limit, PipelineBuilder::logStuck);
    }

    /**
     * Sets how long a worker may be over one event, or one poll, before it is reported with its stack.
     *
     * @param listener takes the reports; called by a thread of the watchdog's own
     */
    public PipelineBuilder<E> watchdog(Duration limit, Consumer<StuckWorker> listener) {
        this.stuckAfter = positive("the watchdog's limit", limit);
        this.onStuck = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** Does without a watchdog. */
    public PipelineBuilder<E> noWatchdog() {
        this.stuckAfter = null;
        return this;
    }

    /** Sets how long {@link RunningPipeline#close} waits for what has come to be handled: 10 s by default. */
    public PipelineBuilder<E> drainTimeout(Duration timeout) {
        this.drainTimeout = positive("the drain's timeout", timeout);
        return this;
    }

    /** Has the end of the virtual machine close the pipeline first, as {@link RunningPipeline#close} does. */
    public PipelineBuilder<E> drainOnShutdown() {
        this.drainOnShutdown = true;
        return this;
    }

    /**
     * Ends the declaration, and decides on threads and CPUs.
     *
     * @return the pipeline, not running yet
     * @throws IllegalStateException when something needed is missing
     * @throws IllegalArgumentException when the names to fuse do not fit the stages
     */
    public Pipeline<E> build() {
        Supplier<E> factory = events;
        if (factory == null) {
            throw new IllegalStateException("pipeline '" + name + "' lacks events(factory)");
        }
        if (sources.isEmpty()) {
            throw new IllegalStateException("pipeline '" + name + "' lacks a source(...)");
        }
        if (graph.nodes().isEmpty()) {
            throw new IllegalStateException("pipeline '" + name + "' lacks a stage(...)");
        }
        CpuLayout cpus = CpuLayout.ofThisMachine();
        TopologyPlanner planner = new TopologyPlanner(
                graph.nodes(),
                sources.size(),
                layout,
                fusions,
                workers,
                stealing,
                cpus.allowed().size());
        return new Pipeline<>(declaration(factory), planner.plan(), cpuPlan, cpus);
    }

    private Declaration<E> declaration(Supplier<E> factory) {
        return new Declaration<>(
                name,
                factory,
                ringSize,
                sources,
                graph.nodes(),
                graph.factories(),
                Math.min(batchLimit, ringSize),
                idle,
                errors,
                timestamps,
                weights,
                sampling,
                stuckAfter,
                onStuck,
                drainTimeout,
                drainOnShutdown);
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more, not " + value);
        }
        return value;
    }

    private static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be longer than nothing, not " + value);
        }
        return value;
    }

    private static void logStuck(StuckWorker stuck) {
        StringBuilder stack = new StringBuilder();
        stuck.stack().forEach(call -> stack.append("\n\tat ").append(call));
        LoggerFactory.getLogger(Pipeline.class).warn("{}{}", stuck.summary(), stack);
    }
}
