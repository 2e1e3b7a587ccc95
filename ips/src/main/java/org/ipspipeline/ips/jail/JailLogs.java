package org.ipspipeline.ips.jail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.configuration.LogPath;
import org.ipspipeline.ips.configuration.OptionSyntax;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.journal.JournalQuery;
import org.ipspipeline.ips.source.journal.JournalSource;
import org.ipspipeline.ips.source.spec.SourceSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.FileSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.JournalSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sources a jail reads. A jail whose backend is the journal reads its logpath where there is no journal; one whose backend
 * is {@code auto} reads the journal where there is no file at its logpath, but a journal that its filter knows to select from.
 */
final class JailLogs {

    private static final Logger LOG = LoggerFactory.getLogger(JailLogs.class);
    private static final String WILDCARDS = "*?[{";

    private JailLogs() {}

    /** What a jail reads, perhaps nothing. */
    static Set<SourceKey> of(Jail jail) {
        Set<SourceKey> files = files(jail);
        boolean anyIsThere = files.stream().anyMatch(JailLogs::isThere);
        if (jail.readsJournal()) {
            if (JournalSource.isAvailable() || namesJournal(jail)) {
                return Set.of(journal(jail));
            }
            if (anyIsThere) {
                LOG.warn("[{}] this machine keeps no journal: reads its logpath instead", jail.name());
                return files;
            }
            LOG.warn(
                    "[{}] {}: backend = {}: this machine keeps no journal, and there is no file at its logpath: this jail"
                            + " reads nothing",
                    jail.name(),
                    jail.place(),
                    jail.backend());
            return Set.of();
        }
        boolean selects = !jail.filter().journalMatches().isEmpty();
        if (!anyIsThere && selects && jail.backend().equals("auto") && JournalSource.isAvailable()) {
            LOG.info("[{}] there is no file at its logpath: reads the journal", jail.name());
            return Set.of(journal(jail));
        }
        if (files.isEmpty()) {
            throw new ConfigurationException(
                    jail.place() + ": jail '" + jail.name() + "' has no logpath; write which files it reads");
        }
        files.stream()
                .filter(key -> !isThere(key))
                .forEach(key -> LOG.warn(
                        "[{}] {}: there is no such file yet; waiting for it",
                        jail.name(),
                        key.spec().text()));
        return files;
    }

    private static Set<SourceKey> files(Jail jail) {
        Set<SourceKey> keys = new LinkedHashSet<>();
        for (LogPath path : jail.logPaths()) {
            // Files have absolute paths; anything else is written as on the command line.
            String text = path.pattern().startsWith("/") ? "file:" + path.pattern() : path.pattern();
            try {
                keys.add(new SourceKey(SourceSpec.parse(text), path.tail()));
            } catch (SourceException wrong) {
                throw new ConfigurationException(
                        jail.place() + ": jail '" + jail.name() + "': logpath " + wrong.getMessage(), wrong);
            }
        }
        return keys;
    }

    private static boolean namesJournal(Jail jail) {
        return jail.backend().contains("journalpath") || jail.backend().contains("journalfiles");
    }

    private static SourceKey journal(Jail jail) {
        List<String> matches = new ArrayList<>();
        for (List<String> alternative : jail.filter().journalMatches()) {
            if (!matches.isEmpty()) {
                matches.add("+");
            }
            matches.addAll(alternative);
        }
        try {
            JournalQuery query = new JournalQuery(matches, "", List.of());
            if (jail.readsJournal()) {
                OptionSyntax backend = OptionSyntax.parse(jail.backend());
                String directory = backend.parameters().get("journalpath");
                String files = backend.parameters().get("journalfiles");
                query = directory != null
                        ? query.inDirectory(directory)
                        : files != null ? query.inFiles(List.of(files.split("[ ,\\n]+", -1))) : query;
            }
            return new SourceKey(new JournalSpec("journal:" + String.join(" ", matches), query), false);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(
                    jail.place() + ": jail '" + jail.name() + "': " + wrong.getMessage(), wrong);
        }
    }

    private static boolean isThere(SourceKey key) {
        if (!(key.spec() instanceof FileSpec file)
                || file.pattern().chars().anyMatch(character -> WILDCARDS.indexOf(character) >= 0)) {
            return true;
        }
        return Files.exists(Path.of(file.pattern()));
    }
}
