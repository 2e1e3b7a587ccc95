package org.ipspipeline.ips.jail;

import java.util.Locale;
import org.ipspipeline.ips.ban.CrowdRule;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.count.ClientPrefix;
import org.ipspipeline.ips.enforce.PortSyntax;
import org.ipspipeline.ips.enforce.Ports;
import org.jspecify.annotations.Nullable;

/**
 * A jail's options that fail2ban does not have.
 *
 * @param client which addresses are one client: {@code ipv6prefix}
 * @param crowdRule when a whole IPv4 network is banned: {@code bannetwork}; null for never
 * @param ports from which ports it bans: with {@code banports = jail} those that the jail names; null for all
 */
public record OwnOptions(
        ClientPrefix client,
        @Nullable CrowdRule crowdRule,
        @Nullable Ports ports) {

    /**
     * Reads them.
     *
     * @param settings the jail
     * @return the options
     * @throws IllegalArgumentException saying in one line what is wrong
     */
    public static OwnOptions of(Jail settings) {
        return new OwnOptions(client(settings), crowdRule(settings), ports(settings));
    }

    private static String option(Jail settings, String name, String otherwise) {
        return settings.options().getOrDefault(name, otherwise).strip();
    }

    private static ClientPrefix client(Jail settings) {
        String written = option(settings, "ipv6prefix", "128");
        if (!written.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("ipv6prefix is '" + written + "': write a number of bits, such as 64");
        }
        return new ClientPrefix(Integer.SIZE, Integer.parseInt(written));
    }

    private static @Nullable CrowdRule crowdRule(Jail settings) {
        String written = option(settings, "bannetwork", "");
        try {
            return written.isEmpty() ? null : CrowdRule.parse(written);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("bannetwork: " + wrong.getMessage(), wrong);
        }
    }

    private static @Nullable Ports ports(Jail settings) {
        String written = option(settings, "banports", "all");
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "all", "" -> null;
            case "jail" -> PortSyntax.parse(option(settings, "port", ""), option(settings, "protocol", "tcp"));
            default ->
                throw new IllegalArgumentException("banports is '" + written
                        + "': write all, or jail to ban from the jail's port and protocol alone");
        };
    }
}
