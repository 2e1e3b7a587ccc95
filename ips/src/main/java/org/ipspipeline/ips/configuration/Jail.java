package org.ipspipeline.ips.configuration;

import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.jspecify.annotations.Nullable;

/**
 * One jail: which lines count as failures, how many of them in which time make a ban, and what a ban is.
 *
 * @param name unique in its configuration
 * @param filter which lines are failures, and whose
 * @param backend where the lines come from, as written: {@code auto}, {@code systemd}, {@code polling}, ...
 * @param logPaths the files, unless the backend is the journal
 * @param logEncoding the files' encoding as written, {@code auto} for UTF-8
 * @param logTimeZone the zone of dates that name none, such as {@code UTC+0200}; null for this host's zone
 * @param maxRetry how many failures make a ban, at least 1
 * @param maxMatches how many matched lines are kept for a ban's notice
 * @param findTimeSeconds in which time they must lie
 * @param banTime how long a ban is
 * @param ignore whom not to ban
 * @param actions how to ban, in order; none means the default of the daemon
 * @param options all options as written and interpolated ({@code port}, {@code protocol}, ...), for what has no field here
 * @param place where the jail stands, for messages
 */
public record Jail(
        String name,
        FilterDefinition filter,
        String backend,
        List<LogPath> logPaths,
        String logEncoding,
        @Nullable String logTimeZone,
        int maxRetry,
        int maxMatches,
        long findTimeSeconds,
        BanTime banTime,
        IgnoreRules ignore,
        List<Action> actions,
        Map<String, String> options,
        String place) {

    /** Copies the collections. */
    public Jail {
        logPaths = List.copyOf(logPaths);
        actions = List.copyOf(actions);
        options = Map.copyOf(options);
    }

    /** Whether the lines come from the systemd journal. */
    public boolean readsJournal() {
        return backend.startsWith("systemd");
    }
}
