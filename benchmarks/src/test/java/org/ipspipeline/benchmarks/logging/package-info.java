/** Tests of what is counted of system calls. */
@NullMarked
package org.ipspipeline.benchmarks.logging;

import org.jspecify.annotations.NullMarked;
