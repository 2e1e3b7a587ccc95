package org.ipspipeline.ips.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.JailConfiguration;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailActions;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.jspecify.annotations.Nullable;

/** The enabled jails of a configuration: a directory or a file. */
final class ConfiguredJails implements JailsToRun {

    private final Path path;
    private final @Nullable Path state;
    private String names = "";

    ConfiguredJails(Path given, @Nullable Path state) {
        this.state = state;
        path = given.toAbsolutePath().normalize();
        try {
            JailConfiguration.open(path).enabledJailNames();
        } catch (ConfigurationException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public Feeding rehearsal() {
        return Feeding.by(PatternSet.compile(List.of("rehearsal for <ADDR>")));
    }

    @Override
    public Optional<JailKeeper> begin(IpsDaemon daemon, Doorbell doorbell, @Nullable JailActions actions) {
        JailKeeper keeper = new JailKeeper(path, daemon, doorbell, state, actions);
        try {
            keeper.reload();
        } catch (ConfigurationException wrong) {
            keeper.close();
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        }
        names = keeper.jails().jails().stream().map(jail -> jail.name()).collect(Collectors.joining(", "));
        return Optional.of(keeper);
    }

    @Override
    public String describe() {
        return names.isEmpty() ? "no jail is enabled in " + path : "jails: " + names;
    }
}
