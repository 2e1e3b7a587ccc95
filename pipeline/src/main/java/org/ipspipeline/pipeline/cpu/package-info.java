/**
 * Which thread runs on which CPU. Knows the CPUs that the process may use, which of them share a core, a package and a NUMA
 * node, and which the kernel keeps free. Uses OpenHFT Affinity's low level, and no other package of the pipeline.
 */
@NullMarked
package org.ipspipeline.pipeline.cpu;

import org.jspecify.annotations.NullMarked;
