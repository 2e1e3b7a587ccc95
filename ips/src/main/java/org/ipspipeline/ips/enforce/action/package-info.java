/**
 * Bans by fail2ban's actions: the commands of an {@code action.d} file, run by the shell one after the other on a thread of each
 * action's own.
 *
 * <p>Uses {@code configuration} for the commands and their tags.
 */
@NullMarked
package org.ipspipeline.ips.enforce.action;

import org.jspecify.annotations.NullMarked;
