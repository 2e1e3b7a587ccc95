package org.ipspipeline.ips.source.journal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.StartAt;
import org.ipspipeline.ips.source.process.RestartPolicy;
import org.ipspipeline.ips.source.process.Supervisor;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineHandover;
import org.jspecify.annotations.Nullable;

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
    /** Behind which entry journalctl goes on when it is started again. */
    private volatile String cursor = "";

    private final @Nullable CursorFile kept;
    /** After how many lines which entry was the last, of batches that are not handled yet. */
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();

    private long lines;

    JournalFeeder(
            String name,
            JournalQuery query,
            StartAt start,
            LineHandover handover,
            SourceMeter meter,
            int maxLineLength,
            @Nullable CursorFile kept) {
        this.kept = kept;
        this.cursor = kept == null ? "" : kept.cursor();
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
        final CursorFile file = kept;
        if (file == null) {
            supervisor.run(this::readToEnd);
            return;
        }
        final Thread keeper = new Thread(file::writeRegularly, "cursor of a journal");
        keeper.setDaemon(true);
        keeper.start();
        try {
            supervisor.run(this::readToEnd);
        } finally {
            keeper.interrupt();
        }
    }

    @Override
    public void handled(long handledLines) {
        final CursorFile file = kept;
        Mark mark = marks.peek();
        while (file != null && mark != null && mark.lines <= handledLines) {
            file.keep(mark.cursor);
            marks.remove();
            mark = marks.peek();
        }
    }

    @Override
    public String state() {
        return supervisor.state();
    }

    @Override
    public void close() {
        supervisor.close();
        if (kept != null) {
            kept.write();
        }
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
                mark(buffer.count());
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

    private void mark(int newLines) {
        lines += newLines;
        if (kept != null && newLines > 0) {
            marks.add(new Mark(lines, cursor));
        }
    }

    private void remember() {
        cursor = entry.get(JournalField.CURSOR).text();
    }

    private record Mark(long lines, String cursor) {}
}
