package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ipspipeline.ips.ban.BanListener;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.store.BanStore;
import org.ipspipeline.ips.store.StoreException;
import org.ipspipeline.ips.store.StoreOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether bans survive the daemon, and where. */
final class StateOptions {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Keep bans in a database in this directory, and put them into force again at the next start; keep there"
                            + " too how far files and journals were read.")
    private @Nullable Path directory;

    @Option(
            names = "--remember",
            paramLabel = "TIME",
            defaultValue = "1d",
            converter = DurationConverter.class,
            description = "How long ended bans are remembered in it (default: ${DEFAULT-VALUE}).")
    private Duration remembered = Duration.ofDays(1);

    private @Nullable BanStore store;

    /** The directory in which files and journals keep their places; null where nothing is kept. */
    @Nullable
    Path places() {
        return directory == null ? null : directory.resolve("places");
    }

    /**
     * Opens the database, if there is to be one.
     *
     * @param names the jails' names
     * @return what listens to bans for it
     * @throws UsageException if it cannot be used
     */
    List<BanListener> open(JailNames names) {
        List<BanListener> listeners = new ArrayList<>();
        if (directory != null) {
            try {
                StoreOptions options = StoreOptions.in(directory);
                BanStore opened = BanStore.open(options.withHistory(remembered, options.maxHistory()), names);
                store = opened;
                listeners.add(opened);
            } catch (StoreException refused) {
                throw new UsageException(String.valueOf(refused.getMessage()), refused);
            }
        }
        return listeners;
    }

    /** Puts the bans of the database into force again, once the jails are there. */
    void restore(IpsDaemon daemon, Consumer<String> said) throws IOException {
        if (store != null) {
            long begin = System.nanoTime();
            int restored = store.restore(daemon.bans(), daemon.policies()::numberOf);
            said.accept(String.format(
                    "%d bans restored from %s in %.3f s", restored, store, (System.nanoTime() - begin) / 1e9));
        }
    }

    /** Writes what has happened. */
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
