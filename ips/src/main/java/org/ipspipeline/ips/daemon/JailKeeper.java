package org.ipspipeline.ips.daemon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.configuration.JailConfiguration;
import org.ipspipeline.ips.jail.ActiveJail;
import org.ipspipeline.ips.jail.JailSet;
import org.ipspipeline.ips.jail.JailSources;
import org.ipspipeline.ips.source.Doorbell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jails of a configuration at work in a daemon. A change is all or nothing: a configuration with a mistake
 * changes nothing. A jail that stays keeps its counts and bans; those of a jail that is gone are lifted.
 *
 * <p>Safe for use by many threads.
 */
public final class JailKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JailKeeper.class);

    private final Path path;
    private final IpsDaemon daemon;
    private final HostNames names;
    private final @Nullable JailActions actions;
    private volatile JailSet jails = JailSet.EMPTY;
    private JailSources sources;
    private Wanted wanted;

    /**
     * Which jails there are to be.
     *
     * @param configuration as it was read last
     * @param names of the jails, in order
     * @param replaced by jail: options that operators have set in the configuration's stead
     * @param idle names of jails whose failures are passed over
     */
    private record Wanted(
            JailConfiguration configuration,
            Set<String> names,
            Map<String, Map<String, String>> replaced,
            Set<String> idle) {

        private List<Jail> read() {
            return names.stream()
                    .map(name -> configuration.jail(name, replaced.getOrDefault(name, Map.of())))
                    .toList();
        }

        private Wanted withNames(Set<String> others) {
            return new Wanted(configuration, others, replaced, idle);
        }
    }

    /**
     * Has no jail until the first {@link #reload}.
     *
     * @param path fail2ban's directory, such as {@code /etc/fail2ban}, or a TOML file
     * @param daemon works for the jails
     * @param doorbell the daemon's
     * @param state the directory in which files and journals keep their places over restarts; null to keep none
     * @param actions the daemon's, if the jails' own are to be run
     * @throws ConfigurationException if there is no such configuration
     */
    public JailKeeper(
            Path path, IpsDaemon daemon, Doorbell doorbell, @Nullable Path state, @Nullable JailActions actions) {
        this.path = path;
        this.daemon = daemon;
        this.actions = actions;
        wanted = new Wanted(JailConfiguration.open(path), Set.of(), Map.of(), Set.of());
        names = new HostNames(this, daemon.bans().newWorker());
        sources = JailSources.none(doorbell, names, state);
    }

    /** {@return the jails at work} */
    public JailSet jails() {
        return jails;
    }

    /** {@return where the configuration is} */
    public Path path() {
        return path;
    }

    /**
     * Reads the configuration anew and goes over to it. What operators have set meanwhile is forgotten.
     *
     * @throws ConfigurationException naming the first mistake; nothing has changed then
     */
    public synchronized void reload() {
        JailConfiguration configuration = JailConfiguration.open(path);
        Set<String> enabled = new LinkedHashSet<>(configuration.enabledJailNames());
        goOver(new Wanted(configuration, enabled, Map.of(), Set.of()));
    }

    /**
     * Reads the configuration of one jail anew and goes over to it: it begins if it was not there, and ends if it is not
     * enabled any more.
     *
     * @param name the jail's
     * @throws ConfigurationException naming the first mistake; nothing has changed then
     */
    public synchronized void reload(String name) {
        JailConfiguration read = JailConfiguration.open(path);
        Set<String> enabled = new LinkedHashSet<>(wanted.names);
        if (read.enabledJailNames().contains(name)) {
            enabled.add(name);
        } else if (!enabled.remove(name)) {
            throw new ConfigurationException(path + ": no jail '" + name + "' is enabled");
        }
        Map<String, Map<String, String>> replaced = new LinkedHashMap<>(wanted.replaced);
        replaced.remove(name);
        // The other jails stay as they were read before, whatever stands in the files by now.
        List<Jail> settings = new ArrayList<>();
        for (String each : enabled) {
            ActiveJail present = jails.find(each);
            settings.add(each.equals(name) || present == null ? read.jail(each) : present.settings());
        }
        goOver(new Wanted(read, enabled, replaced, wanted.idle), settings);
    }

    /**
     * Ends a jail; its bans are lifted. It comes back with a reload.
     *
     * @param name the jail's
     */
    public synchronized void stop(String name) {
        Set<String> others = new LinkedHashSet<>(wanted.names);
        others.remove(name);
        goOver(wanted.withNames(others));
    }

    /**
     * Puts another value in the place of a jail's option, until the next reload.
     *
     * @param name the jail's
     * @param option as it is called in the configuration
     * @param value the new one
     * @throws ConfigurationException if it is wrong; nothing has changed then
     */
    public synchronized void set(String name, String option, String value) {
        Map<String, String> options = new LinkedHashMap<>(wanted.replaced.getOrDefault(name, Map.of()));
        options.put(option, value);
        Map<String, Map<String, String>> replaced = new LinkedHashMap<>(wanted.replaced);
        replaced.put(name, options);
        if (jails.find(name) == null) {
            throw new ConfigurationException("there is no jail '" + name + "'");
        }
        List<Jail> settings = new ArrayList<>();
        for (ActiveJail jail : jails.jails()) {
            settings.add(jail.name().equals(name) ? wanted.configuration.jail(name, options) : jail.settings());
        }
        goOver(new Wanted(wanted.configuration, wanted.names, replaced, wanted.idle), settings);
    }

    /**
     * Has a jail pass over the failures that come, or count them again.
     *
     * @param name the jail's
     * @param isIdle whether it passes over them
     */
    public synchronized void idle(String name, boolean isIdle) {
        Set<String> idle = new TreeSet<>(wanted.idle);
        if (isIdle) {
            idle.add(name);
        } else {
            idle.remove(name);
        }
        List<Jail> settings = jails.jails().stream().map(ActiveJail::settings).toList();
        goOver(new Wanted(wanted.configuration, wanted.names, wanted.replaced, idle), settings);
    }

    private void goOver(Wanted next) {
        goOver(next, next.read());
    }

    private void goOver(Wanted next, List<Jail> settings) {
        JailSet nextJails = jails.next(settings, daemon.portSets());
        JailSources nextSources = sources.next(nextJails);
        List<ActiveJail> gone = jails.without(nextJails);
        jails = nextJails;
        sources = nextSources;
        wanted = next;
        if (actions != null) {
            actions.begin(nextJails, daemon.bans());
        }
        daemon.follow(Plan.of(nextSources.feeds(), nextJails, next.idle));
        for (ActiveJail jail : gone) {
            int lifted = daemon.bans().unbanAll(jail.number()).join();
            LOG.info("[{}] has ended; bans lifted: {}", jail.name(), lifted);
        }
        if (actions != null) {
            actions.endAllBut(nextJails);
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
