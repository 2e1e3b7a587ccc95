package org.ipspipeline.pipeline.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ipspipeline.pipeline.idle.IdleStrategy;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.stage.Source;
import org.ipspipeline.pipeline.stage.StageFactory;
import org.ipspipeline.pipeline.stage.StuckWorker;
import org.ipspipeline.pipeline.topology.StageNode;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as it was declared, checked.
 *
 * @param name its name, the beginning of its threads' names
 * @param events makes the events that fill the rings
 * @param ringSize how many events each ring has, a power of two
 * @param sources where events come from
 * @param stages the stages, each behind those that it follows
 * @param factories what makes them, in the same order
 * @param batchLimit how many events a worker takes at a time at most
 * @param idle what a worker does when there is nothing to do
 * @param errors what becomes of an event that a stage failed on
 * @param timestamps reads from an event when it arose, in ns of System.nanoTime(), or 0; null: the time of its poll
 * @param weights reads from an event what it stands for, such as lines; null: nothing
 * @param sampling of how many batches one is timed
 * @param stuckAfter how long a worker may take over an event before the watchdog reports it; null: no watchdog
 * @param onStuck what the watchdog reports to
 * @param drainTimeout how long closing waits for what has come to be handled
 * @param drainOnShutdown whether the end of the virtual machine drains the pipeline first
 * @param <E> the event
 */
public record Declaration<E>(
        String name,
        Supplier<E> events,
        int ringSize,
        List<Source<E>> sources,
        List<StageNode> stages,
        List<StageFactory<E>> factories,
        int batchLimit,
        IdleStrategy idle,
        ErrorPolicy<E> errors,
        @Nullable ToLongFunction<E> timestamps,
        @Nullable ToLongFunction<E> weights,
        int sampling,
        @Nullable Duration stuckAfter,
        Consumer<StuckWorker> onStuck,
        Duration drainTimeout,
        boolean drainOnShutdown) {

    /** Copies the lists. */
    public Declaration {
        sources = List.copyOf(sources);
        stages = List.copyOf(stages);
        factories = List.copyOf(factories);
    }

    /** The same with another strategy for idle workers. */
    public Declaration<E> withIdle(IdleStrategy other) {
        return new Declaration<>(
                name,
                events,
                ringSize,
                sources,
                stages,
                factories,
                batchLimit,
                other,
                errors,
                timestamps,
                weights,
                sampling,
                stuckAfter,
                onStuck,
                drainTimeout,
                drainOnShutdown);
    }
}
