/**
 * How operators speak with a running daemon: a Unix-domain socket that takes the commands that {@code fail2ban-client} has, and
 * some of our own. A request is a line of JSON, so is the answer:
 *
 * <pre>
 *   {"command": ["status", "sshd"]}      {"value": ...}   or   {"error": "...", "kind": "unknown-jail"}
 * </pre>
 *
 * <p>{@link org.ipspipeline.ips.control.Commands} does what is asked for; {@link org.ipspipeline.ips.control.Fail2banText} shows
 * an answer as {@code fail2ban-client} does. Uses {@code daemon} and what that uses; only {@code command} uses it.
 */
@NullMarked
package org.ipspipeline.ips.control;

import org.jspecify.annotations.NullMarked;
