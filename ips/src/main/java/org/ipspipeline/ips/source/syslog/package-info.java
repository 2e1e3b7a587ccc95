/**
 * Lines from the syslog protocols, over UDP, TCP and Unix datagram sockets:
 *
 * <pre>
 *   UDP    --> DatagramFeeder     --+
 *   Unix   --> UnixDatagramFeeder --+--> SyslogMessage --> LineCollector --fill--> pipeline
 *   TCP    --> ConnectionFeeder   --+
 *               (MessageFraming)
 * </pre>
 *
 * <p>{@link org.ipspipeline.ips.source.syslog.SyslogSource} opens them. Uses {@code source}, {@code source.stream} and
 * {@code source.kernel}.
 */
@NullMarked
package org.ipspipeline.ips.source.syslog;

import org.jspecify.annotations.NullMarked;
