/**
 * {@code check}: whether a configuration of fail2ban can be used here, and what each of its expressions costs.
 *
 * <p>Uses {@code configuration}, {@code filter}, {@code jail} and {@code match.syntax}.
 */
@NullMarked
package org.ipspipeline.ips.check;

import org.jspecify.annotations.NullMarked;
