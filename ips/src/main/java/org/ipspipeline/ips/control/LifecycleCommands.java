package org.ipspipeline.ips.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.control.Commands.Command;
import org.ipspipeline.ips.control.Commands.JailLookup;
import org.ipspipeline.ips.control.Commands.Lifecycle;
import org.jspecify.annotations.Nullable;

/** Beginnings and ends: {@code reload}, {@code restart}, {@code start}, {@code stop}. */
final class LifecycleCommands {

    private static final String OK = "OK";

    private final JailLookup jails;
    private final Lifecycle lifecycle;

    LifecycleCommands(JailLookup jails, Lifecycle lifecycle) {
        this.jails = jails;
        this.lifecycle = lifecycle;
    }

    Map<String, Command> table() {
        Map<String, Command> table = new LinkedHashMap<>();
        table.put("reload", words -> reload(words.subList(1, words.size())));
        table.put("start", words -> {
            jails.keeper().reload(words.get(1));
            return null;
        });
        table.put("stop", words -> stop(words.subList(1, words.size())));
        table.put("restart", words -> restart(words.subList(1, words.size())));
        return table;
    }

    /** {@code [--restart] [--unban] [--all | --if-exists JAIL | JAIL]}. */
    private Object reload(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        boolean restart = rest.remove("--restart");
        boolean unban = rest.remove("--unban") || restart;
        boolean ifExists = rest.remove("--if-exists");
        rest.remove("--all");
        if (rest.size() > 1 || rest.stream().anyMatch(word -> word.startsWith("-"))) {
            throw new ControlException(
                    ControlException.Kind.INVALID_COMMAND, "Unexpected argument(s) for reload: " + rest);
        }
        if (rest.isEmpty()) {
            lifecycle.reload();
            if (unban) {
                jails.liftAll();
            }
            return OK;
        }
        String jail = rest.get(0);
        try {
            jails.keeper().reload(jail);
        } catch (ConfigurationException absent) {
            if (!ifExists || jails.keeper().jails().find(jail) != null) {
                throw absent;
            }
            return OK;
        }
        if (unban) {
            jails.lift(jail);
        }
        return OK;
    }

    private @Nullable Object stop(List<String> names) {
        if (names.isEmpty()) {
            lifecycle.stop();
        } else if (names.equals(List.of("--all"))) {
            jails.all().forEach(jail -> jails.keeper().stop(jail.name()));
        } else {
            jails.policy(names.get(0));
            jails.keeper().stop(names.get(0));
        }
        return null;
    }

    private Object restart(List<String> names) {
        List<String> words = new ArrayList<>(List.of("--restart"));
        words.addAll(names);
        return reload(words);
    }
}
