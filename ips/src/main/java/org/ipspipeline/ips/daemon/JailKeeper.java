package org.ipspipeline.ips.daemon;

import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.jail.ActiveJail;
import org.ipspipeline.ips.jail.JailSet;
import org.ipspipeline.ips.jail.JailSources;
import org.ipspipeline.ips.source.Doorbell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jails of a configuration directory at work in a daemon. A change is all or nothing: a configuration with a mistake
 * changes nothing. A jail that stays keeps its counts and bans; those of a jail that is gone are lifted.
 *
 * <p>Safe for use by many threads.
 */
public final class JailKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JailKeeper.class);

    private final Path directory;
    private final IpsDaemon daemon;
    private final HostNames names;
    private volatile JailSet jails = JailSet.EMPTY;
    private JailSources sources;

    /**
     * Has no jail until the first {@link #reload}.
     *
     * @param directory fail2ban's, such as {@code /etc/fail2ban}
     * @param daemon works for the jails
     * @param doorbell the daemon's
     */
    public JailKeeper(Path directory, IpsDaemon daemon, Doorbell doorbell) {
        this.directory = directory;
        this.daemon = daemon;
        names = new HostNames(this, daemon.bans().newWorker());
        sources = JailSources.none(doorbell, names);
    }

    /** {@return the jails at work} */
    public JailSet jails() {
        return jails;
    }

    /** {@return what is read for them} */
    public synchronized JailSources sources() {
        return sources;
    }

    /**
     * Reads the configuration anew and goes over to it.
     *
     * @throws ConfigurationException naming the first mistake; nothing has changed then
     */
    public synchronized void reload() {
        Fail2banConfiguration configuration = Fail2banConfiguration.open(directory);
        List<Jail> settings = configuration.enabledJailNames().stream()
                .map(configuration::jail)
                .toList();
        goOver(jails.next(settings));
    }

    private void goOver(JailSet next) {
        JailSources nextSources = sources.next(next);
        List<ActiveJail> gone = jails.without(next);
        jails = next;
        sources = nextSources;
        daemon.follow(Plan.of(nextSources.feeds(), next));
        for (ActiveJail jail : gone) {
            int lifted = daemon.bans().unbanAll(jail.number()).join();
            LOG.info("[{}] gone; {} bans lifted", jail.name(), lifted);
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
