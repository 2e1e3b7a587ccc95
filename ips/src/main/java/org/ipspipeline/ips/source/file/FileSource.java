package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.SourceStatus;
import org.ipspipeline.ips.source.file.FollowedFile.Progress;
import org.ipspipeline.ips.source.splitting.LineSplitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files of a pattern, through every kind of rotation, on the one thread that fills from it. Lines of one file keep
 * their order; a file that is written to does not keep the others waiting for longer than a buffer takes.
 */
public final class FileSource implements LineSource {

    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    /** Between two reads of a file that has nothing. */
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private static final long EXPAND_EVERY_NANOS = 1_000_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    /** How finely the moment of having read everything is kept. */
    private static final long CAUGHT_UP_STEP_NANOS = 1_000_000;

    private final String name;
    private final FilePattern pattern;
    private final FileOptions options;
    private final SourceMeter meter = new SourceMeter();
    private final LineSplitter splitter;
    private final ByteBuffer scratch = Fingerprint.scratch();
    private final Map<Path, ScheduledPath> paths = new ConcurrentHashMap<>();
    private final PriorityQueue<ScheduledPath> schedule =
            new PriorityQueue<>(Comparator.comparingLong(ScheduledPath::dueAt));

    private long expandAt;
    private boolean waiting;
    private volatile long caughtUpAt = System.nanoTime();

    /**
     * Begins to follow the files that are there.
     *
     * @param name the source as the operator wrote it
     * @param pattern the path, perhaps with wildcards
     * @param options how
     */
    public FileSource(String name, String pattern, FileOptions options) {
        this.name = name;
        this.pattern = new FilePattern(pattern);
        this.options = options;
        this.splitter = new LineSplitter(options.maxLineLength());
        expand(options.start(), System.nanoTime());
    }

    @Override
    public boolean fill(LineBuffer into) throws IOException {
        final long now = System.nanoTime();
        if (now - expandAt >= 0) {
            expand(FileStart.BEGIN, now);
        }
        final int stamp = Stamps.of(now);
        while (true) {
            final ScheduledPath next = schedule.peek();
            if (next == null || next.dueAt() - now > 0) {
                if (into.isEmpty() && now - caughtUpAt > CAUGHT_UP_STEP_NANOS) {
                    caughtUpAt = now;
                }
                return !into.isEmpty();
            }
            schedule.poll();
            final boolean room = readOne(next, into, stamp, now);
            schedule.add(next);
            if (!room || into.size() > into.byteCapacity() / 2) {
                return !into.isEmpty();
            }
            if (next.dueAt() == now) {
                // It stays at the head of the schedule: the others come first now.
                return !into.isEmpty();
            }
        }
    }

    @Override
    public SourceStatus status() {
        long lag = 0;
        for (ScheduledPath path : paths.values()) {
            lag += path.followed().lag();
        }
        final double behind = lag == 0 ? 0 : Math.max(0, System.nanoTime() - caughtUpAt) / NANOS_PER_SECOND;
        return meter.status(name, state(), lag, meter.linesIn(lag), behind);
    }

    @Override
    public void close() throws IOException {
        for (ScheduledPath path : paths.values()) {
            path.followed().close();
        }
    }

    private String state() {
        final List<String> troubles = new ArrayList<>();
        for (ScheduledPath path : paths.values()) {
            final String trouble = path.followed().trouble();
            if (trouble != null) {
                troubles.add(path.followed().path() + " " + trouble);
            }
        }
        if (!troubles.isEmpty()) {
            return troubles.get(0) + (troubles.size() == 1 ? "" : " (and " + (troubles.size() - 1) + " more)");
        }
        return paths.isEmpty()
                ? "no file matches, waiting for one"
                : "following " + paths.size() + (paths.size() == 1 ? " file" : " files");
    }

    private boolean readOne(ScheduledPath path, LineBuffer into, int stamp, long now) {
        if (path.lookAt() - now <= 0) {
            path.followed().look();
            path.looked(now, options.lookEvery().toNanos());
        }
        final int before = into.count();
        final Progress progress = path.followed().read(into, splitter, stamp, now);
        path.wasRead(progress, into.count() != before, now);
        return progress != Progress.NO_ROOM;
    }

    private void expand(FileStart start, long now) {
        final List<Path> matching = pattern.paths();
        if (matching.isEmpty() && !waiting) {
            LOG.info("{}: no file matches, waiting for one", name);
        }
        waiting = matching.isEmpty();
        for (Path path : matching) {
            if (!paths.containsKey(path)) {
                final FollowedPath followed = new FollowedPath(
                        path,
                        options.backend(),
                        scratch,
                        meter,
                        options.linger().toNanos());
                followed.begin(start);
                final ScheduledPath scheduled = new ScheduledPath(followed, now, LONGEST_PAUSE_NANOS);
                scheduled.looked(now, options.lookEvery().toNanos());
                paths.put(path, scheduled);
                schedule.add(scheduled);
            }
        }
        expandAt = now + EXPAND_EVERY_NANOS;
    }
}
