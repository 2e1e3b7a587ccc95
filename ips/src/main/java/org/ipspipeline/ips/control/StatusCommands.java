package org.ipspipeline.ips.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.control.Commands.Command;
import org.ipspipeline.ips.control.Commands.JailLookup;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailStatus;

/** What there is and what it does: {@code status}, {@code stats}, {@code ping}, {@code version}. */
final class StatusCommands {

    /** The release whose answers these are: scripts ask for it. */
    private static final String FOLLOWED_VERSION = "1.0.2";

    private final IpsDaemon daemon;
    private final JailLookup jails;

    StatusCommands(IpsDaemon daemon, JailLookup jails) {
        this.daemon = daemon;
        this.jails = jails;
    }

    Map<String, Command> table() {
        Map<String, Command> table = new LinkedHashMap<>();
        table.put("status", this::status);
        table.put("stats", words -> stats());
        table.put("ping", words -> "pong");
        table.put("version", words -> FOLLOWED_VERSION);
        table.put("echo", words -> words.subList(1, words.size()));
        table.put("flushlogs", words -> "flushed");
        table.put("server-status", words -> "Server ready");
        return table;
    }

    private Object status(List<String> words) {
        if (words.size() == 1) {
            List<String> names =
                    jails.all().stream().map(JailPolicy::name).sorted().toList();
            return List.of(List.of("Number of jail", names.size()), List.of("Jail list", String.join(", ", names)));
        }
        JailPolicy jail = jails.policy(words.get(1));
        String flavor = words.size() > 2 ? words.get(2) : "basic";
        if (!List.of("basic", "short").contains(flavor)) {
            throw new ControlException(
                    ControlException.Kind.NO_COUNTERPART,
                    "status has the flavors basic and short here; there is no '" + flavor + "'");
        }
        return status(daemon.jailStatus(jail), jail, flavor.equals("basic"));
    }

    private Object status(JailStatus status, JailPolicy jail, boolean withList) {
        List<Object> actions = new ArrayList<>();
        actions.add(List.of("Currently banned", status.banned()));
        actions.add(List.of("Total banned", status.totalBanned()));
        if (withList) {
            actions.add(List.of("Banned IP list", BanCommands.list(daemon, jail)));
        }
        return List.of(
                List.of(
                        "Filter",
                        List.of(
                                List.of("Currently failed", status.failing()),
                                List.of("Total failed", status.totalFailed()),
                                List.of("File list", status.files()))),
                List.of("Actions", actions));
    }

    private Object stats() {
        Map<String, Object> stats = new LinkedHashMap<>(daemon.status().toJson("stats"));
        Map<String, Object> byJail = new LinkedHashMap<>();
        for (JailPolicy jail : jails.all()) {
            byJail.put(jail.name(), daemon.jailStatus(jail).toJson());
        }
        stats.put("jails", byJail);
        return stats;
    }
}
