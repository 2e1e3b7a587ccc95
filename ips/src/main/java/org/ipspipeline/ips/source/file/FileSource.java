package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
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

    /** Between two expansions of a pattern whose directories are not all watched, and of one whose are. */
    private static final long EXPAND_EVERY_NANOS = 1_000_000_000;

    private static final long EXPAND_WATCHED_EVERY_NANOS = 30_000_000_000L;
    /** A directory in which files come and go all the time is not listed more often. */
    private static final long EXPAND_AT_MOST_EVERY_NANOS = 50_000_000;

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

    private final ChangeWatch watch;
    private final Positions positions;
    /** What was remembered of paths that are not followed yet. */
    private final Map<Path, List<SavedPosition>> saved;

    private long expandAt;
    private long expandedAt;
    private boolean waiting;
    private volatile long caughtUpAt = System.nanoTime();

    /**
     * Begins to follow the files that are there.
     *
     * @param name the source as the operator wrote it
     * @param pattern the path, perhaps with wildcards
     * @param options how
     * @param doorbell rung when an idle file changes
     * @throws SourceException with one line, if positions cannot be kept
     */
    public FileSource(String name, String pattern, FileOptions options, Doorbell doorbell) {
        this.name = name;
        this.pattern = new FilePattern(pattern);
        this.options = options;
        this.splitter = new LineSplitter(options.maxLineLength());
        final Path state = options.state();
        this.positions = new Positions(state == null ? null : PositionFile.open(state, name));
        this.saved = new HashMap<>(positions.saved());
        this.watch = new ChangeWatch(name, doorbell, paths);
        final long now = System.nanoTime();
        for (Path path : List.copyOf(saved.keySet())) {
            follow(path, options.start(), now);
        }
        if (positions.isResumed()) {
            // A path that has come since the last run has lines that were not seen, rotated ones too.
            this.pattern.paths().forEach(path -> saved.putIfAbsent(path, List.of()));
        }
        expand(options.start(), now);
    }

    @Override
    public boolean fill(LineBuffer into) {
        final boolean any = fillFromDue(into);
        if (any) {
            positions.batchGiven();
        }
        return any;
    }

    @Override
    public void handled(long batches) {
        positions.batchesHandled(batches);
    }

    private boolean fillFromDue(LineBuffer into) {
        final long now = System.nanoTime();
        noteChanges(now);
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
    public boolean rings() {
        return true;
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
    public List<String> members() {
        return paths.keySet().stream().map(Path::toString).sorted().toList();
    }

    @Override
    public void close() throws IOException {
        watch.close();
        for (ScheduledPath path : paths.values()) {
            path.followed().close();
        }
        positions.close();
    }

    private void noteChanges(long now) {
        for (ScheduledPath path = watch.nextChanged(); path != null; path = watch.nextChanged()) {
            schedule.remove(path);
            path.onChanged(now);
            schedule.add(path);
        }
        if (now - expandAt >= 0 || (watch.isStirred() && now - expandedAt >= EXPAND_AT_MOST_EVERY_NANOS)) {
            watch.settle();
            expand(FileStart.BEGIN, now);
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
        if (path.takeLook(now)) {
            path.followed().look();
        }
        final int before = into.count();
        final Progress progress = path.followed().read(into, splitter, stamp, now);
        path.onRead(progress, into.count() != before, now, watch);
        return progress != Progress.NO_ROOM;
    }

    private void expand(FileStart start, long now) {
        boolean allWatched = true;
        for (Path directory : pattern.directories()) {
            allWatched &= watch.watchDirectory(directory);
        }
        final List<Path> matching = pattern.paths();
        if (matching.isEmpty() && !waiting) {
            LOG.info("{}: no file matches, waiting for one", name);
        }
        waiting = matching.isEmpty();
        for (Path path : matching) {
            follow(path, start, now);
        }
        paths.values().removeIf(path -> dropIfOver(path, matching));
        expandedAt = now;
        expandAt = now + (allWatched ? EXPAND_WATCHED_EVERY_NANOS : EXPAND_EVERY_NANOS);
    }

    private boolean dropIfOver(ScheduledPath path, List<Path> matching) {
        final FollowedPath followed = path.followed();
        if (!followed.isOver() || matching.contains(followed.path())) {
            return false;
        }
        followed.forget();
        schedule.remove(path);
        return true;
    }

    private void follow(Path path, FileStart start, long now) {
        if (paths.containsKey(path)) {
            return;
        }
        final Path directory = path.getParent();
        final boolean watched = directory != null && watch.watchDirectory(directory);
        final FollowedPath followed = new FollowedPath(path, options, scratch, positions, meter);
        final List<SavedPosition> known = saved.remove(path);
        if (known == null) {
            followed.begin(start);
        } else {
            followed.resume(known);
        }
        final ScheduledPath scheduled =
                new ScheduledPath(followed, watched, options.lookEvery().toNanos(), now);
        paths.put(path, scheduled);
        schedule.add(scheduled);
    }
}
