/**
 * Whom a jail never bans: addresses, networks, host names, files of them, this host's own addresses, and whom a command speaks
 * for. Uses {@code address} and {@code configuration}.
 */
@NullMarked
package org.ipspipeline.ips.ban.ignore;

import org.jspecify.annotations.NullMarked;
