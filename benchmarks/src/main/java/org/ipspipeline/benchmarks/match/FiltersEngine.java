package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.InvalidFilterException;
import org.ipspipeline.ips.filter.date.DateContext;
import org.ipspipeline.ips.match.filter.FilterMatcher;
import org.ipspipeline.ips.match.filter.FilterSet;
import org.ipspipeline.ips.scan.LineFiles;

/** fail2ban's own filters, as its package installs them, over the lines of one file, as in a jail for each of them. */
final class FiltersEngine implements Engine {

    static final Path CONFIGURATION = Path.of("/etc/fail2ban");

    private final LineFiles files;
    private long lines;
    private long matches;

    private FiltersEngine(FilterMatcher matcher) {
        files = new LineFiles(block -> {
            lines += block.lines().count();
            matcher.match(block.lines(), (line, filter, finding) -> matches++);
        });
    }

    /**
     * Prepares filters.
     *
     * @param names of filters, with parameters; none for all that the package has, in their plain form
     */
    static FiltersEngine of(List<String> names) {
        Fail2banConfiguration configuration = Fail2banConfiguration.open(CONFIGURATION);
        List<Filter> filters = new ArrayList<>();
        for (String name : names.isEmpty() ? configuration.filterNames() : names) {
            try {
                Filter filter = Filter.compile(configuration.filter(name), DateContext.ofSystem());
                if (!filter.definition().failregexes().isEmpty()) {
                    filters.add(filter);
                }
            } catch (ConfigurationException | InvalidFilterException unusable) {
                // Some are meant to be included by others, and are no filters by themselves.
                if (!names.isEmpty()) {
                    throw new IllegalArgumentException(unusable.getMessage(), unusable);
                }
            }
        }
        return new FiltersEngine(FilterSet.of(filters).newMatcher(EvaluationOptions.STANDARD));
    }

    static boolean isInstalled() {
        return Files.isDirectory(CONFIGURATION.resolve("filter.d"));
    }

    @Override
    public Found pass(Path file) throws IOException {
        lines = 0;
        matches = 0;
        files.read(file, LineFiles.Watcher.NONE);
        return new Found(lines, matches, 0);
    }
}
