package org.ipspipeline.ips.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The options that a jail of fail2ban knows. */
final class JailOptions {

    /** Those that this program acts on, the filter's own included. */
    static final List<String> ALL = Stream.concat(
                    Stream.of(
                            "enabled",
                            "backend",
                            "filter",
                            "logpath",
                            "logencoding",
                            "logtimezone",
                            "maxretry",
                            "maxmatches",
                            "findtime",
                            "bantime",
                            "bantime.increment",
                            "bantime.factor",
                            "bantime.formula",
                            "bantime.multipliers",
                            "bantime.maxtime",
                            "bantime.rndtime",
                            "bantime.overalljails",
                            "ignoreip",
                            "ignoreself",
                            "ignorecommand",
                            "ignorecache",
                            "action",
                            "bannetwork",
                            "banports",
                            "ipv6prefix",
                            "port",
                            "protocol",
                            "chain",
                            "banaction",
                            "skip_if_nologs",
                            "systemd_if_nologs"),
                    FilterReader.OPTIONS.stream())
            .toList();

    private static final Set<String> TRUE = Set.of("1", "on", "true", "yes");

    private JailOptions() {}

    /** Whether a switch is on: {@code 1}, {@code on}, {@code true} or {@code yes}. */
    static boolean isTrue(String value) {
        return TRUE.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
