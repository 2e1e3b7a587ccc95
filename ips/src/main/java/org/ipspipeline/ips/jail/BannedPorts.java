package org.ipspipeline.ips.jail;

import java.util.Locale;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.enforce.PortSyntax;
import org.ipspipeline.ips.enforce.Ports;
import org.jspecify.annotations.Nullable;

/**
 * From which ports a jail bans: all, or with {@code banports = jail} those of its {@code port} and {@code protocol}. fail2ban has no
 * such option, its actions decide.
 */
public final class BannedPorts {

    private BannedPorts() {}

    /**
     * Reads a jail's ports.
     *
     * @param settings the jail
     * @return the ports; null for all
     * @throws IllegalArgumentException saying in one line what is wrong
     */
    public static @Nullable Ports of(Jail settings) {
        String written = settings.options().getOrDefault("banports", "all").strip();
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "all", "" -> null;
            case "jail" ->
                PortSyntax.parse(
                        settings.options().getOrDefault("port", ""),
                        settings.options().getOrDefault("protocol", "tcp"));
            default ->
                throw new IllegalArgumentException("banports is '" + written
                        + "': write all, or jail to ban from the jail's port and protocol alone");
        };
    }
}
