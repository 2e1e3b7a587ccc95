package org.ipspipeline.pipeline.cpu;

/**
 * A CPU as the kernel counts them: a hardware thread.
 *
 * @param id its number
 * @param core the least number of the CPUs that share its core
 * @param node its NUMA node, 0 where that is not known
 * @param isolated whether the kernel's scheduler leaves it alone ({@code isolcpus})
 */
public record Cpu(int id, int core, int node, boolean isolated) {}
