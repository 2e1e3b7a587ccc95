package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.scan.LineFiles;
import org.ipspipeline.ips.scan.Scan;

/** {@code ips-pipeline scan}. */
final class OurEngine implements Engine {

    private final Scan scan;
    private final LineFiles files;
    private long lines;
    private long matches;

    OurEngine(List<String> patterns) {
        scan = new Scan(PatternSet.compile(patterns), block -> {
            lines += block.lines().count();
            matches += block.failures();
        });
        files = new LineFiles(scan::match);
    }

    @Override
    public Found pass(Path file) throws IOException {
        lines = 0;
        matches = 0;
        files.read(file, LineFiles.Watcher.NONE);
        return new Found(lines, matches, scan.addresses());
    }
}
