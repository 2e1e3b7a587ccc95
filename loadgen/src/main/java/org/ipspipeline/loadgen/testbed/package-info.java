/**
 * What a demonstration and an evaluation stand on: a network with two sides, and participants on them, processes that report
 * on their standard output.
 *
 * <pre>
 *   network namespace "attackers"          network namespace "target"
 *   a process --&gt; veth ==================&gt; veth --&gt; processes           {@link org.ipspipeline.loadgen.testbed.VethNetwork}
 *   a process --------------- lo ---------------&gt; processes             {@link org.ipspipeline.loadgen.testbed.LoopbackNetwork}
 *   a command to another host =================&gt; processes of this one  {@link org.ipspipeline.loadgen.testbed.HostNetwork}
 * </pre>
 *
 * <p>May use {@code bpf} and {@code net}.
 */
@NullMarked
package org.ipspipeline.loadgen.testbed;

import org.jspecify.annotations.NullMarked;
