package org.ipspipeline.ips.command;

import java.util.Optional;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailActions;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.ipspipeline.ips.source.Doorbell;
import org.jspecify.annotations.Nullable;

/** The jails that a daemon is started for. */
interface JailsToRun {

    /** Whether they come from a configuration, and may be many. */
    boolean configured();

    /** What judges made-up lines before there are others. */
    Feeding rehearsal();

    /**
     * Opens their sources, and has the daemon work for them.
     *
     * @param actions what runs the jails' own actions, if they are to be run
     * @return what can reload them, if they come from a configuration
     * @throws UsageException if something is wrong with them
     */
    Optional<JailKeeper> begin(IpsDaemon daemon, Doorbell doorbell, @Nullable JailActions actions);

    /** What they do, for people. */
    String describe();
}
