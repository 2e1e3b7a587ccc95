/**
 * What the server and the attackers count while they run: one thread adds, any reads. The package uses nothing else of the
 * project.
 */
@NullMarked
package org.ipspipeline.loadgen.report;

import org.jspecify.annotations.NullMarked;
