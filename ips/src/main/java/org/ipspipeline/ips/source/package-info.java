/**
 * Where log lines come from: files that rotate, rings, the journal, syslog, pipes and programs. Each is a
 * {@link org.ipspipeline.ips.source.LineSource}, which fills a batch buffer with what has come, never waits, loses nothing
 * silently and tells how far behind it is:
 *
 * <pre>
 *   file, ring, journal, syslog, stdin, command --fill--> LineBuffer of a LineBlock --> pipeline
 *                        |
 *                        +--status()--> lag, losses by reason
 * </pre>
 *
 * <p>This package holds what all sources share; each kind has a package below it, and {@code source.spec} makes them of what
 * the operator wrote. They use ipc, pipeline and {@code ips.line}.
 */
@NullMarked
package org.ipspipeline.ips.source;

import org.jspecify.annotations.NullMarked;
