package org.ipspipeline.pipeline.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.pipeline.cpu.CpuAssignment;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.topology.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline's lanes, groups and threads, from the start to the end. */
public final class Engine<E> {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** How long workers that were told to stop have before they are interrupted. */
    private static final long INTERRUPT_AFTER_NANOS = 100_000_000L;

    private final Declaration<E> declaration;
    private final RunState state = new RunState();
    private final List<Lane<E>> lanes = new ArrayList<>();
    private final List<WorkerGroup> groups = new ArrayList<>();
    private final List<WorkerThread> threads = new ArrayList<>();
    private final CountDownLatch prepared;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger running;
    private final @Nullable Watchdog watchdog;
    private final ShutdownHook shutdownHook;
    private final SnapshotReader<E> snapshots;

    /**
     * Makes everything, and starts nothing.
     *
     * @param declaration what to run
     * @param topology in which threads
     * @param cpus on which CPUs, in the order of {@link Topology#threads}: worker by worker, and group by group within each
     */
    public Engine(Declaration<E> declaration, Topology topology, CpuAssignment cpus) {
        this.declaration = declaration;
        FailureLog log = new FailureLog(declaration.name());
        for (int number = 0; number < declaration.sources().size(); number++) {
            lanes.add(new Lane<>(declaration, topology, number, state, log));
        }
        for (int number = 0; number < topology.groups().size(); number++) {
            groups.add(new WorkerGroup(number, topology.groups().get(number), lanes.size(), declaration.batchLimit()));
        }
        prepared = new CountDownLatch(topology.threads());
        running = new AtomicInteger(topology.threads());
        for (int worker = 0; threads.size() < topology.threads(); worker++) {
            for (WorkerGroup group : groups) {
                if (worker < group.group().threads()) {
                    threads.add(thread(group, worker, cpus.cpus().get(threads.size()), log));
                }
            }
        }
        watchdog = watchdog(log);
        shutdownHook = new ShutdownHook(declaration.name(), this::close);
        snapshots = new SnapshotReader<>(declaration, lanes, groups, threads);
    }

    private WorkerThread thread(WorkerGroup group, int number, int cpu, FailureLog log) {
        Worker<E> worker = new Worker<>(number, group, lanes, declaration, state, log);
        String name = declaration.name() + '/' + group.group().name() + '-' + number;
        return new WorkerThread(name, worker, cpu, state, prepared, go, this::onWorkerEnded);
    }

    private @Nullable Watchdog watchdog(FailureLog log) {
        Duration limit = declaration.stuckAfter();
        return limit == null
                ? null
                : new Watchdog(
                        declaration.name() + "/watchdog",
                        threads,
                        declaration.stages(),
                        limit.toNanos(),
                        declaration.onStuck(),
                        log);
    }

    /**
     * Starts the workers. Returns when all have made their stages; then they begin to poll.
     *
     * @throws IllegalStateException when a stage could not be made; all others are closed then
     */
    public void start() {
        threads.forEach(Thread::start);
        boolean interrupted = awaitPrepared();
        Throwable failure = state.failure();
        if (failure == null && !interrupted) {
            if (declaration.drainOnShutdown()) {
                shutdownHook.install();
            }
            if (watchdog != null) {
                watchdog.start();
            }
            snapshots.begin();
            go.countDown();
            return;
        }
        state.halt();
        go.countDown();
        stop(declaration.drainTimeout());
        throw new IllegalStateException(
                "pipeline '" + declaration.name() + "' cannot start: "
                        + (failure == null ? "the thread that starts it was interrupted" : failure.getMessage()),
                failure);
    }

    private boolean awaitPrepared() {
        try {
            prepared.await();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void onWorkerEnded() {
        if (running.decrementAndGet() > 0) {
            return;
        }
        snapshots.end();
        if (watchdog != null) {
            watchdog.interrupt();
        }
        shutdownHook.remove();
        lanes.forEach(lane -> lane.inlet().closeSource());
        ended.countDown();
    }

    /** Asks for no more from the sources; the workers handle what has come, and end. Returns at once. */
    public void beginDrain() {
        state.drain();
    }

    /** Has the workers end after the events in their hands. Returns at once. */
    public void beginStop() {
        state.halt();
    }

    /**
     * Waits for the pipeline's end. A worker that waits for its own end does not wait at all.
     *
     * @param timeout for how long at most
     * @return whether it has ended
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(isWorker() ? 0 : timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isWorker() {
        return Thread.currentThread() instanceof WorkerThread thread && threads.contains(thread);
    }

    /**
     * Stops the workers: after the events in their hands if they finish them soon, else by an interrupt.
     *
     * @param timeout for how long to wait at most
     * @return whether they have ended
     */
    public boolean stop(Duration timeout) {
        state.halt();
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        boolean done = false;
        long patience = Math.min(timeout.toNanos(), INTERRUPT_AFTER_NANOS);
        while (!done) {
            try {
                done = awaitEnd(Duration.ofNanos(Math.max(0, patience)));
                if (done || isWorker() || System.nanoTime() - deadline >= 0) {
                    break;
                }
                threads.forEach(Thread::interrupt);
                patience = Math.min(deadline - System.nanoTime(), INTERRUPT_AFTER_NANOS);
            } catch (InterruptedException e) {
                interrupted = true; // stopping is what an interrupt asks for; go on, and pass it on at the end
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return done;
    }

    /** Drains for as long as the declaration allows, and stops what is left. An interrupt makes it stop at once. */
    public void close() {
        beginDrain();
        try {
            if (awaitEnd(declaration.drainTimeout())) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!stop(declaration.drainTimeout()) && !isWorker()) {
            LOG.warn(
                    "pipeline {}: still at work after it was stopped and interrupted: {}",
                    declaration.name(),
                    threads.stream()
                            .filter(Thread::isAlive)
                            .map(Thread::getName)
                            .toList());
        }
    }

    /** Whether everything that has come has been handled, and the workers have ended by themselves. */
    public boolean hasEndedWell() {
        return ended.getCount() == 0 && !state.isHalted();
    }

    /** Whether workers still run. */
    public boolean isRunning() {
        return ended.getCount() > 0;
    }

    /** What stopped the pipeline, or null. */
    public @Nullable Throwable failure() {
        return state.failure();
    }

    /** A reading of all meters. */
    public PipelineSnapshot snapshot() {
        return snapshots.read();
    }
}
