package org.ipspipeline.ips.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a jail never bans.
 *
 * @param addresses addresses, prefixes ({@code 10.0.0.0/8}) and host names, as written
 * @param self whether this host's own addresses are among them
 * @param command a command that exits with 0 for an address to ignore, its tags ({@code <ip>}) not yet replaced; null for none
 * @param cache fail2ban's {@code ignorecache}, as written; null for none
 */
public record IgnoreRules(
        List<String> addresses,
        boolean self,
        @Nullable String command,
        @Nullable String cache) {

    /** Copies the list. */
    public IgnoreRules {
        addresses = List.copyOf(addresses);
    }
}
