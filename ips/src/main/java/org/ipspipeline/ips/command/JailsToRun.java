package org.ipspipeline.ips.command;

import java.util.Optional;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.ipspipeline.ips.source.Doorbell;

/** The jails that a daemon is started for. */
interface JailsToRun {

    /** Whether they come from a configuration, and may be many. */
    boolean configured();

    /** What judges made-up lines before there are others. */
    Feeding rehearsal();

    /**
     * Opens their sources, and has the daemon work for them.
     *
     * @return what can reload them, if they come from a configuration
     * @throws UsageException if something is wrong with them
     */
    Optional<JailKeeper> begin(IpsDaemon daemon, Doorbell doorbell);

    /** What they do, for people. */
    String describe();
}
