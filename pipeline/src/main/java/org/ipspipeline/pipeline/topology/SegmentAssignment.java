package org.ipspipeline.pipeline.topology;

/**
 * Which worker is home to which segment: neighbouring segments go to the same worker, and no worker has more than one segment
 * more than another.
 *
 * @param segments how many segments, from 1
 * @param workers how many workers, from 1; those beyond the number of segments have none
 */
public record SegmentAssignment(int segments, int workers) {

    /** Checks the numbers. */
    public SegmentAssignment {
        if (segments < 1 || workers < 1) {
            throw new IllegalArgumentException(
                    "needs a segment and a worker, not " + segments + " segments and " + workers + " workers");
        }
    }

    /**
     * The first segment of a worker; its last is the one before the next worker's first.
     *
     * @param worker from 0; the number of workers stands for the end
     */
    public int firstOf(int worker) {
        // The same expression bounds each worker above and the next one below: no segment falls between or to two.
        return (int) ((long) worker * segments / workers);
    }

    /**
     * How many segments a worker has.
     *
     * @param worker from 0
     */
    public int countOf(int worker) {
        return firstOf(worker + 1) - firstOf(worker);
    }

    /**
     * The worker that is home to a segment.
     *
     * @param segment from 0
     */
    public int workerOf(int segment) {
        // The inverse of firstOf: the greatest worker whose first segment is not beyond this one.
        return (int) ((((long) segment + 1) * workers - 1) / segments);
    }
}
