/**
 * Side-by-side measurements, and the command line put together: {@code comparison} is how contenders are run and shown,
 * a package for each comparison holds what is measured, {@code command} assembles all modules' commands.
 */
@NullMarked
package org.ipspipeline.benchmarks;

import org.jspecify.annotations.NullMarked;
