package org.ipspipeline.ips.source.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.file.FileSource;
import org.ipspipeline.ips.source.file.Troubles;
import org.ipspipeline.ips.source.journal.JournalSource;
import org.ipspipeline.ips.source.process.CommandSource;
import org.ipspipeline.ips.source.ring.RingSource;
import org.ipspipeline.ips.source.spec.SourceSpec.CommandSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.FifoSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.FileSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.JournalSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.RingSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.StdinSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.SyslogSpec;
import org.ipspipeline.ips.source.stream.FifoSource;
import org.ipspipeline.ips.source.stream.StreamSource;
import org.ipspipeline.ips.source.syslog.SyslogSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sources. */
public final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final String WILDCARDS = "*?[{";

    private Sources() {}

    /**
     * Opens what the operator asked for. If some of several sources cannot be had, the others go on: these are tried again, every
     * few seconds, and their status says what is wrong.
     *
     * @param specs in the order of the sources
     * @param options how
     * @return at least one source for each; a ring gives one a segment
     * @throws SourceException with one line, if none of them can be had
     */
    public static List<LineSource> open(List<SourceSpec> specs, SourceOptions options) {
        final List<LineSource> sources = new ArrayList<>();
        final List<SourceException> refusals = new ArrayList<>();
        for (SourceSpec spec : specs) {
            try {
                sources.addAll(open(spec, options));
            } catch (SourceException e) {
                refusals.add(e);
                sources.add(new WaitingSource(spec.text(), e, () -> open(spec, options)));
            }
        }
        if (refusals.size() == specs.size() && !refusals.isEmpty()) {
            throw refusals.get(0);
        }
        for (SourceException refusal : refusals) {
            LOG.warn("{}; trying again, the other sources go on", refusal.getMessage());
        }
        return sources;
    }

    private static List<LineSource> open(SourceSpec spec, SourceOptions options) {
        if (spec instanceof RingSpec ring) {
            return RingSource.open(ring.text(), ring.path(), options.ringStart());
        }
        if (spec instanceof FileSpec files) {
            checkFile(files);
            return List.of(new FileSource(files.text(), files.pattern(), options.files(), options.doorbell()));
        }
        return List.of(openOne(spec, options, options.files().maxLineLength()));
    }

    private static LineSource openOne(SourceSpec spec, SourceOptions options, int maxLineLength) {
        final Doorbell doorbell = options.doorbell();
        if (spec instanceof JournalSpec journal) {
            return JournalSource.follow(
                    journal.text(),
                    journal.query(),
                    options.journalStart(),
                    options.files().state(),
                    doorbell,
                    maxLineLength);
        }
        if (spec instanceof SyslogSpec syslog) {
            return SyslogSource.receive(syslog.text(), syslog.address(), doorbell, maxLineLength);
        }
        if (spec instanceof FifoSpec fifo) {
            return FifoSource.open(fifo.text(), fifo.path(), doorbell, maxLineLength);
        }
        if (spec instanceof CommandSpec command) {
            return CommandSource.start(command.text(), command.command(), command.restart(), doorbell, maxLineLength);
        }
        if (spec instanceof StdinSpec stdin) {
            return StreamSource.standardInput(stdin.text(), doorbell, maxLineLength);
        }
        throw new AssertionError("a source of an unknown kind: " + spec);
    }

    /** A path without a wildcard must be a file that may be read: a mistyped one would be waited for in vain. */
    private static void checkFile(FileSpec spec) {
        if (spec.pattern().chars().anyMatch(character -> WILDCARDS.indexOf(character) >= 0)) {
            return;
        }
        final Path path = Path.of(spec.pattern());
        if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw new SourceException(spec.text() + ": is not a regular file");
        }
        try (InputStream opened = Files.newInputStream(path)) {
            opened.read();
        } catch (IOException e) {
            throw new SourceException(spec.text() + ": " + Troubles.clause(path, e), e);
        }
    }
}
