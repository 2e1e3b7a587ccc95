/** The target server, the attackers, and the demonstration that pits them against the daemon. */
@NullMarked
package org.ipspipeline.loadgen;

import org.jspecify.annotations.NullMarked;
