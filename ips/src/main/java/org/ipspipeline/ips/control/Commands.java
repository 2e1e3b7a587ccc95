package org.ipspipeline.ips.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Does what operators ask a daemon for, in fail2ban's words. Values are made of texts, numbers, truth values, lists, maps and
 * null. Safe for use by many threads.
 */
public final class Commands {

    /** One command; its words begin with its name. */
    @FunctionalInterface
    interface Command {
        @Nullable
        Object execute(List<String> words);
    }

    private final Map<String, Command> byName = new LinkedHashMap<>();

    /**
     * Commands for a daemon.
     *
     * @param daemon to command
     * @param keeper changes its jails; none if they do not come from a configuration
     * @param lifecycle reloads and ends the daemon
     */
    public Commands(IpsDaemon daemon, Optional<JailKeeper> keeper, Lifecycle lifecycle) {
        JailLookup jails = new JailLookup(daemon, keeper);
        byName.putAll(new StatusCommands(daemon, jails).table());
        byName.putAll(new BanCommands(daemon, jails).table());
        byName.putAll(new LifecycleCommands(jails, lifecycle).table());
        JailQueries queries = new JailQueries(daemon, jails);
        byName.put("get", queries::get);
        byName.put("set", new JailChanges(daemon, jails, queries)::set);
    }

    /** What only the one who started the daemon can do. */
    public interface Lifecycle {

        /** Reloads the configuration; nothing changes if it throws. */
        void reload();

        /** Ends the daemon soon after the answer. */
        void stop();
    }

    /**
     * Executes a command.
     *
     * @param words such as {@code status sshd}, at least one
     * @return what it answers
     * @throws ControlException if it is refused
     */
    public @Nullable Object execute(List<String> words) {
        Command command = byName.get(words.get(0));
        if (command == null) {
            throw ControlException.invalid();
        }
        try {
            return command.execute(words);
        } catch (IndexOutOfBoundsException lacking) {
            throw new ControlException(
                    ControlException.Kind.INVALID_COMMAND,
                    "Invalid command: '" + String.join(" ", words) + "' lacks an argument");
        } catch (ConfigurationException wrong) {
            throw ControlException.failed(String.valueOf(wrong.getMessage()));
        } catch (CompletionException failed) {
            throw ControlException.failed(String.valueOf(
                    failed.getCause() == null
                            ? failed.getMessage()
                            : failed.getCause().getMessage()));
        }
    }

    /** Finds jails. */
    static final class JailLookup {

        private final IpsDaemon daemon;
        private final Optional<JailKeeper> keeper;

        JailLookup(IpsDaemon daemon, Optional<JailKeeper> keeper) {
            this.daemon = daemon;
            this.keeper = keeper;
        }

        List<JailPolicy> all() {
            return daemon.plan().policies();
        }

        JailPolicy policy(String name) {
            JailPolicy policy = daemon.plan().policy(name);
            if (policy == null) {
                throw new ControlException(ControlException.Kind.UNKNOWN_JAIL, name);
            }
            return policy;
        }

        /** Lifts the bans of a jail, if it is there. */
        void lift(String name) {
            JailPolicy policy = daemon.plan().policy(name);
            if (policy != null) {
                daemon.bans().unbanAll(policy.jail()).join();
            }
        }

        void liftAll() {
            daemon.bans().unbanAll(BanKeeper.ANY_JAIL).join();
        }

        /** What can change jails. */
        JailKeeper keeper() {
            return keeper.orElseThrow(() -> ControlException.failed(
                    "this daemon has one jail, that its command line describes; it cannot be changed"));
        }
    }
}
