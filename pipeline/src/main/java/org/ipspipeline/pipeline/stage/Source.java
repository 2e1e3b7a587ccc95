package org.ipspipeline.pipeline.stage;

/**
 * Where the events of one segment come from: a segment of a shared-memory ring, a file, a socket. The events of a source stay
 * in its order on the way into its Disruptor.
 *
 * <p>A source is never polled by two threads at a time. With stealing it may be polled by different threads in turn, each of
 * which sees what the one before it did; without, one thread polls it for as long as the pipeline runs.
 *
 * @param <E> the event that it fills; a block of records rather than one record where records are small
 */
@FunctionalInterface
public interface Source<E> {

    /**
     * Fills a pre-allocated event, which still holds what it was used for before, with what has come, and does not wait.
     *
     * @param event to fill; whatever is written into it is discarded when this returns false or throws
     * @return whether something came, so that the event goes to the stages
     * @throws Exception what went wrong; the pipeline counts and reports it, and asks again after a pause
     */
    boolean poll(E event) throws Exception;

    /**
     * Tells how many of the events that this source filled have gone through all stages, counted from the first on: a source
     * that remembers how far it was read remembers so much and no more. Called between polls by the thread that polls, whenever
     * there are more than it was told before, and after the last poll.
     *
     * @param events all of the first so many, whether a stage failed on them or not
     */
    default void handled(long events) {}

    /**
     * Tells whether this source has ended, so that no poll will ever bring anything again. Asked after a poll that brought
     * nothing. A pipeline whose sources have all ended handles what it has and ends too.
     */
    default boolean isExhausted() {
        return false;
    }

    /** Lets go of what the source holds. Called once, after the last poll, when the pipeline has stopped. */
    default void close() throws Exception {}
}
