/**
 * What the server and the attackers tell about themselves while they run: counters that one thread adds to and another reads,
 * and JSON objects, one a line, for whoever watches; and the end of
 * a command that is asked to end. The package uses nothing else of the project.
 */
@NullMarked
package org.ipspipeline.loadgen.report;

import org.jspecify.annotations.NullMarked;
