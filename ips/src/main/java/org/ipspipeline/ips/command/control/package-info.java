/**
 * The commands that speak with a running daemon: {@code status}, {@code ban}, {@code unban} and their like, and {@code client},
 * which takes the words of {@code fail2ban-client}.
 */
@NullMarked
package org.ipspipeline.ips.command.control;

import org.jspecify.annotations.NullMarked;
