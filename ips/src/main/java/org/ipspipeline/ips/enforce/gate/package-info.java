/**
 * Enforcement without privileges: a table of bans in a file that the daemon writes and the server under protection maps. The
 * server asks it of each packet's source, and drops what is banned itself. It spares the server the work of answering, not that
 * of receiving: wherever it is used its name is shown, "userspace".
 *
 * <pre>
 *   daemon: {@link org.ipspipeline.ips.enforce.gate.GateEnforcer} --writes--> file (mapped) &lt;--reads, without locks-- server: {@link org.ipspipeline.ips.enforce.gate.Gate}
 * </pre>
 */
@NullMarked
package org.ipspipeline.ips.enforce.gate;

import org.jspecify.annotations.NullMarked;
