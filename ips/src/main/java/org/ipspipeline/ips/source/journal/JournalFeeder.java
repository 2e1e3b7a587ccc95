package org.ipspipeline.ips.source.journal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.StartAt;
import org.ipspipeline.ips.source.process.RestartPolicy;
import org.ipspipeline.ips.source.process.Supervisor;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineHandover;

/** Runs journalctl, and knows behind which entry to start it the next time. */
final class JournalFeeder implements Feeder {

    static final String PROGRAM = "journalctl";

    private static final String FIELDS = Arrays.stream(JournalField.values())
            .filter(field -> !field.isAlwaysThere())
            .map(JournalField::label)
            .collect(Collectors.joining(","));

    private final JournalQuery query;
    private final StartAt start;
    private final LineHandover handover;
    private final SourceMeter meter;
    private final int maxLineLength;
    private final Supervisor supervisor;
    private final JournalEntry entry = new JournalEntry();
    private final JournalLine line;
    private final Instant openedAt = Instant.now();
    private volatile String cursor = "";

    JournalFeeder(
            String name,
            JournalQuery query,
            StartAt start,
            LineHandover handover,
            SourceMeter meter,
            int maxLineLength) {
        this.query = query;
        this.start = start;
        this.handover = handover;
        this.meter = meter;
        this.maxLineLength = maxLineLength;
        this.line = new JournalLine(maxLineLength);
        this.supervisor = new Supervisor(name, RestartPolicy.ALWAYS, this::command);
    }

    @Override
    public void feed() throws IOException, InterruptedException {
        supervisor.run(this::readToEnd);
    }

    @Override
    public String state() {
        return supervisor.state();
    }

    @Override
    public void close() {
        supervisor.close();
    }

    private List<String> command() {
        final List<String> command =
                new ArrayList<>(List.of(PROGRAM, "--output=export", "--output-fields=" + FIELDS, "--quiet"));
        // --follow alone keeps to the running system's boot, of which a copied journal may have nothing.
        command.addAll(List.of("--boot=all", "--follow"));
        if (!cursor.isEmpty()) {
            command.addAll(List.of("--no-tail", "--after-cursor=" + cursor));
        } else if (start instanceof StartAt.End && supervisor.starts() == 0) {
            command.add("--lines=0");
        } else {
            command.add("--no-tail");
            if (start instanceof StartAt.Since since) {
                command.add("--since=@" + since.moment().getEpochSecond());
            } else if (start instanceof StartAt.End) {
                // It ended before it gave anything: what was written since is still to come.
                command.add("--since=@" + openedAt.getEpochSecond());
            }
        }
        command.addAll(query.arguments());
        return command;
    }

    private void readToEnd(InputStream output) throws IOException, InterruptedException {
        final ExportReader reader = new ExportReader(output, maxLineLength);
        boolean more = true;
        while (more) {
            // Waits for the first entry before it takes a buffer: others may need it.
            more = reader.next(entry);
            final LineBuffer buffer = handover.takeEmpty();
            try {
                while (more && take(buffer) && reader.hasMore()) {
                    more = reader.next(entry);
                }
            } finally {
                handover.give(buffer);
            }
        }
    }

    /** Puts the entry into the buffer; false if that is to be handed over now. */
    private boolean take(LineBuffer buffer) {
        if (!entry.get(JournalField.MESSAGE).isThere()) {
            remember();
            return true;
        }
        if (!line.append(entry, buffer, Stamps.now())) {
            throw new AssertionError("a line of the longest length must fit into the rest of a buffer");
        }
        meter.cut(line.wasCut() ? 1 : 0);
        remember();
        return buffer.count() < buffer.lineCapacity() && buffer.byteCapacity() - buffer.size() > maxLineLength + 1;
    }

    private void remember() {
        cursor = entry.get(JournalField.CURSOR).text();
    }
}
