/**
 * Whom a jail never bans: addresses, networks, host names, files of them, this host's own addresses, and whom a command speaks
 * for. Uses {@code address}, {@code configuration} and
 * {@code enforce.action}.
 */
@NullMarked
package org.ipspipeline.ips.ban.ignore;

import org.jspecify.annotations.NullMarked;
