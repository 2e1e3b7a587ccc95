package org.ipspipeline.benchmarks.sources;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;

/** {@code bench sources}: reading and following files; {@code bench sources --peers}: beside other programs. */
public final class SourcesComparison implements Comparison {

    private static final String PEERS = "peers";

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public SourcesComparison() {}

    @Override
    public String name() {
        return "sources";
    }

    @Override
    public String description() {
        return "reading lines of files, following idle ones, from a line to a ban; with --peers beside fail2ban and"
                + " others";
    }

    @Override
    public void run(Bench bench) throws Exception {
        final Path directory = Files.createTempDirectory("ips-bench-sources-");
        try {
            if (bench.arguments().equals(List.of(PEERS))) {
                new FollowingPeers(bench, directory).run();
            } else {
                new LineReading(bench, directory).run();
                new IdleFiles(bench, directory).run();
                new LineToBan(bench, directory).run();
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
