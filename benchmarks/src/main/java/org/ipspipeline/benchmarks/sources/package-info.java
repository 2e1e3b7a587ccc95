/**
 * {@code bench sources}: how fast lines come out of files, what following idle files costs, and how fast a line becomes a ban, beside
 * other readers and, with {@code --peers}, beside other programs that follow logs.
 */
@NullMarked
package org.ipspipeline.benchmarks.sources;

import org.jspecify.annotations.NullMarked;
