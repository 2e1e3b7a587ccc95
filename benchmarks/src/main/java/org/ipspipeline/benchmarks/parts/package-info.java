/**
 * {@code bench parts}: each part of the way from a line to a ban by itself, in one thread, beside what the JDK or the obvious code
 * would do. Uses {@code comparison} and the modules to the left.
 */
@NullMarked
package org.ipspipeline.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
