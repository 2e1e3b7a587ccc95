/**
 * The page that shows what an evaluation came to: plots drawn as SVG into the page itself, so that it needs no network, no
 * script and no font of its own. Uses {@code result} alone.
 */
@NullMarked
package org.ipspipeline.benchmarks.evaluation.report;

import org.jspecify.annotations.NullMarked;
