/**
 * Lines from what can only be waited for: standard input, named pipes, the output of programs. A thread of the source waits
 * and hands batches over:
 *
 * <pre>
 *   descriptor --read--> StreamReader (own thread) --LineBuffer--> LineHandover --fill--> the pipeline's worker
 * </pre>
 *
 * <p>The hand-over is bounded: when the pipeline is behind, the thread stops reading, and what writes into the pipe waits.
 */
@NullMarked
package org.ipspipeline.ips.source.stream;

import org.jspecify.annotations.NullMarked;
