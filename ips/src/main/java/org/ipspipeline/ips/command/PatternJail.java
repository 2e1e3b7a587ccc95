package org.ipspipeline.ips.command;

import java.nio.file.Path;
import java.util.Optional;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailActions;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.ipspipeline.ips.enforce.Ports;
import org.ipspipeline.ips.source.Doorbell;
import org.jspecify.annotations.Nullable;

/** The one jail of the command line. */
final class PatternJail implements JailsToRun {

    private final PatternOptions options;
    private final JailPolicy policy;
    private final @Nullable Ports ports;
    private final Feeding feeding;
    private final @Nullable Path state;

    PatternJail(PatternOptions options, @Nullable Path state) {
        this.state = state;
        this.options = options;
        this.policy = options.jail();
        this.ports = options.ports();
        this.feeding = options.feeding();
    }

    @Override
    public boolean configured() {
        return false;
    }

    @Override
    public Feeding rehearsal() {
        return feeding;
    }

    @Override
    public Optional<JailKeeper> begin(IpsDaemon daemon, Doorbell doorbell, @Nullable JailActions actions) {
        if (actions != null) {
            throw new UsageException("--jail-actions: only a configuration names actions; give --config");
        }
        JailPolicy limited = policy.withPortSet(daemon.portSets().number(ports));
        daemon.follow(options.open(limited, feeding, doorbell, state));
        return Optional.empty();
    }

    @Override
    public String describe() {
        return options.describe() + (ports == null ? "" : " from " + ports);
    }
}
