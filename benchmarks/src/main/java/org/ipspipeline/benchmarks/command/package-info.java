/**
 * The command line, put together in the right-most module: each module contributes its commands, none looks to its right.
 */
@NullMarked
package org.ipspipeline.benchmarks.command;

import org.jspecify.annotations.NullMarked;
