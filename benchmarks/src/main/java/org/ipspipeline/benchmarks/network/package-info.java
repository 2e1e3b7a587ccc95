/**
 * Network namespaces, the programs that set them up, and frames of clients, for comparisons that need packets.
 */
@NullMarked
package org.ipspipeline.benchmarks.network;

import org.jspecify.annotations.NullMarked;
