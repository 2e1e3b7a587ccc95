/**
 * What banning costs from the line in the ring to the kernel, and what counting costs beside maps of others.
 */
@NullMarked
package org.ipspipeline.benchmarks.ban;

import org.jspecify.annotations.NullMarked;
