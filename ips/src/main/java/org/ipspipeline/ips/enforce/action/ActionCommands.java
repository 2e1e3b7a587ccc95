package org.ipspipeline.ips.enforce.action;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The commands of an action as they are for one family: what its definition says of its own tags is put in. Immutable.
 *
 * @param start before the first ban
 * @param stop in the end
 * @param flush lifts all bans at once; empty if they are lifted one by one
 * @param check whether what {@code start} made is still there
 * @param repair makes it again; empty for {@code stop} and {@code start}
 * @param ban bans a client
 * @param prolong gives a ban another end; usually empty
 * @param reban bans anew what was lost by a repair
 * @param unban lifts a ban
 */
record ActionCommands(
        CommandTemplate start,
        CommandTemplate stop,
        CommandTemplate flush,
        CommandTemplate check,
        CommandTemplate repair,
        CommandTemplate ban,
        CommandTemplate prolong,
        CommandTemplate reban,
        CommandTemplate unban) {

    private static final Set<String> YES = Set.of("1", "on", "true", "yes");
    private static final String OF_FAMILY = "?family=";

    static ActionCommands of(Map<String, String> options, String family) {
        CommandTemplate ban = command("actionban", options, family);
        CommandTemplate reban = command("actionreban", options, family);
        return new ActionCommands(
                command("actionstart", options, family),
                command("actionstop", options, family),
                command("actionflush", options, family),
                command("actioncheck", options, family),
                command("actionrepair", options, family),
                ban,
                command("actionprolong", options, family),
                reban.isEmpty() ? ban : reban,
                command("actionunban", options, family));
    }

    private static CommandTemplate command(String name, Map<String, String> options, String family) {
        String command = CommandTemplate.optionOf(name, options, family);
        return CommandTemplate.of(command == null ? "" : command, options, family, BanTags.NAMES);
    }

    /** Whether an action starts with its first ban: if it says so, or tells families apart. */
    static boolean startsOnDemand(Map<String, String> options) {
        String given = options.get("actionstart_on_demand");
        return given != null ? isTrue(given) : options.keySet().stream().anyMatch(name -> name.contains(OF_FAMILY));
    }

    static boolean isTrue(String value) {
        return YES.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    /** How long a command may take, in seconds, as the action says it; the given number if it does not. */
    static long timeout(Map<String, String> options, long otherwise) {
        String value = options.getOrDefault("timeout", "");
        return value.matches("[1-9]\\d{0,5}") ? Long.parseLong(value) : otherwise;
    }
}
