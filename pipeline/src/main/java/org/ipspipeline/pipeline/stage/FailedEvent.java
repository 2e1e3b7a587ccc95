package org.ipspipeline.pipeline.stage;

/**
 * An event that a stage failed on.
 *
 * @param stage the stage's name
 * @param source the number of the source that it came from, from 0
 * @param sequence its number within that source, from 0
 * @param event the event itself, used again for another as soon as the dead-letter sink returns
 * @param cause what the stage threw
 * @param <E> the event
 */
public record FailedEvent<E>(String stage, int source, long sequence, E event, Throwable cause) {}
