package org.ipspipeline.pipeline.stage;

/**
 * Who a stage instance is made for.
 *
 * @param pipeline the pipeline's name
 * @param stage the stage's name
 * @param worker the worker's number among those that run this stage, from 0
 * @param workers how many run this stage
 * @param sources how many sources the pipeline has
 */
public record WorkerContext(String pipeline, String stage, int worker, int workers, int sources) {}
