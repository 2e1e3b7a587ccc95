package org.ipspipeline.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ipc.futex.Futex;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.LockBytes;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.SegmentGeometry;
import org.ipspipeline.ipc.layout.Words;
import org.ipspipeline.ipc.membership.LockFile;
import org.ipspipeline.ipc.membership.ProcessIdentity;
import org.ipspipeline.ipc.memory.RingMemory;
import org.jspecify.annotations.Nullable;

/**
 * A ring in shared memory that this process is attached to. Lines go through segments: each is written by one thread of
 * one process at a time, and read by every reader that has joined.
 *
 * <pre>{@code
 * // the server                                          // the reading process
 * RingOptions options =                                  try (Ring ring = Ring.attach(path);
 *     RingOptions.builder().segments(4).build();              RingReader reader = ring.join(StartPosition.OLDEST)) {
 * try (Ring ring = Ring.create(path, options)) {             LineBuffer lines = LineBuffer.ofLines(256, ring.lineSize());
 *     SegmentWriter writer = ring.claim(0);                  while (running) {
 *     writer.write(line, 0, line.length, Stamps.now());          lines.clear();
 * }                                                              reader.segment(0).read(lines, 256);
 *                                                            }
 *                                                        }
 * }</pre>
 *
 * <p>Thread-safe, as opposed to the writers and range readers that it gives out.
 */
public final class Ring implements AutoCloseable {

    private static final int JOIN_ATTEMPTS = 50;
    private static final long JOIN_RETRY_NANOS = 1_000_000;

    private final RingFiles files;
    private final RingDescription description;
    private final RingMemory memory;
    private final LockFile locks;
    private final Cursors cursors;
    private final boolean mayJoin;
    private final @Nullable Sleepers sleepers;
    private final List<Segment> segments;
    private final DeadReaders deadReaders;
    /** Writers and readers, by the lock that each holds. */
    private final Map<FileLock, AutoCloseable> members = new HashMap<>();

    private boolean closed;

    Ring(
            RingFiles files,
            RingDescription description,
            RingMemory memory,
            LockFile locks,
            Cursors cursors,
            boolean mayJoin)
            throws IOException {
        this.files = files;
        this.description = description;
        this.memory = memory;
        this.locks = locks;
        this.cursors = cursors;
        this.mayJoin = mayJoin;
        this.deadReaders = new DeadReaders(cursors, locks);
        this.sleepers = mayJoin
                ? Futex.available().map(futex -> new Sleepers(cursors, futex)).orElse(null)
                : null;
        final List<Segment> mapped = new ArrayList<>();
        for (SegmentGeometry geometry : description.geometry().segments()) {
            mapped.add(map(geometry, false));
        }
        this.segments = List.copyOf(mapped);
    }

    /**
     * Creates a ring, or, where the options say so, attaches to the one that is there ({@code init} of a writer in the
     * thesis).
     *
     * @param path where its data is; cursors and locks are files beside it. A file on {@code /dev/shm} is POSIX shared
     *     memory. An empty file there is replaced
     * @param options its shape and behaviour
     * @return the ring, attached
     * @throws RingException ALREADY_EXISTS, MEMORY, BUSY; INCOMPATIBLE or DAMAGED when attaching
     */
    public static Ring create(Path path, RingOptions options) {
        return RingFactory.create(path, options);
    }

    /**
     * Attaches to a ring: to read after {@link #join}, to write after {@link #claim}, or only to look.
     *
     * @param path where it was created
     * @return the ring, attached
     * @throws RingException NOT_FOUND, MEMORY, INCOMPATIBLE, DAMAGED, BUSY
     */
    public static Ring attach(Path path) {
        return RingFactory.attach(path);
    }

    /**
     * Removes a ring that nobody is attached to, kept or not, and what is left of one whose creator died.
     *
     * @param path where it was created
     * @throws RingException NOT_FOUND, ALREADY_EXISTS if something else than a ring is there, BUSY if it is in use, MEMORY
     */
    public static void remove(Path path) {
        RingFactory.remove(path);
    }

    /** Where the ring is. */
    public Path path() {
        return files.data();
    }

    /** The number of segments. */
    public int segments() {
        return segments.size();
    }

    /** The bytes of the longest line. */
    public int lineSize() {
        return description.geometry().lineSize();
    }

    /** The reader slots. */
    public int readers() {
        return description.geometry().readers();
    }

    /** Whether writers overwrite the oldest lines instead of waiting. */
    public boolean isOverwrite() {
        return description.overwrite();
    }

    /** Whether records have their own length instead of fixed slots. */
    public boolean isVariableLength() {
        return description.geometry().variable();
    }

    /** The size of the pages that hold the data. */
    public int pageSize() {
        return description.geometry().pageSize();
    }

    /**
     * Claims a segment to write to it; a full segment is reported to the caller.
     *
     * @param segment its index
     * @return its writer
     * @throws RingException SEGMENT_CLAIMED if another writer has it, MEMORY if the data may not be written
     */
    public SegmentWriter claim(int segment) {
        return claim(segment, FullPolicy.giveBack());
    }

    /**
     * Claims a segment to write to it. A segment whose writer died can be claimed at once; published lines stay.
     *
     * @param segment its index
     * @param policy what to do when it is full
     * @return its writer, for one thread at a time
     * @throws RingException SEGMENT_CLAIMED if another writer has it, MEMORY if the data may not be written
     */
    public synchronized SegmentWriter claim(int segment, FullPolicy policy) {
        checkOpen();
        if (segment < 0 || segment >= segments.size()) {
            throw new RingException(
                    RingException.Code.INVALID_ARGUMENT, "segment " + segment + " of " + segments.size());
        }
        final SegmentWriter writer = tryClaim(segment, policy);
        if (writer == null) {
            throw new RingException(
                    RingException.Code.SEGMENT_CLAIMED,
                    "segment " + segment + " of " + path() + " is claimed by process "
                            + segments.get(segment).counter(SegmentControl.WRITER_PID_OFFSET));
        }
        return writer;
    }

    /**
     * Claims the first segment that nobody writes to: for servers whose processes or threads need not agree on numbers.
     *
     * @param policy what to do when it is full
     * @return its writer
     * @throws RingException SEGMENT_CLAIMED if all are claimed, MEMORY if the data may not be written
     */
    public synchronized SegmentWriter claimAny(FullPolicy policy) {
        checkOpen();
        for (int i = 0; i < segments.size(); i++) {
            final SegmentWriter writer = tryClaim(i, policy);
            if (writer != null) {
                return writer;
            }
        }
        throw new RingException(
                RingException.Code.SEGMENT_CLAIMED,
                "all " + segments.size() + " segments of " + path() + " are claimed");
    }

    private @Nullable SegmentWriter tryClaim(int index, FullPolicy policy) {
        try {
            final FileLock lock = locks.tryHold(LockBytes.segment(index));
            if (lock == null) {
                return null;
            }
            boolean claimed = false;
            try {
                final Segment segment = map(description.geometry().segments().get(index), true);
                final SegmentWriter writer = write(segment, policy, lock);
                claimed = true;
                return writer;
            } finally {
                if (!claimed) {
                    lock.release();
                }
            }
        } catch (IOException notWritable) {
            throw RingFactory.memory(path(), "cannot be written to", notWritable);
        }
    }

    private SegmentWriter write(Segment segment, FullPolicy policy, FileLock lock) {
        if (!segment.hasSoundIndices()) {
            throw new RingException(
                    RingException.Code.DAMAGED,
                    "segment " + segment.index() + " of " + path() + " has impossible indices, tail " + segment.tail()
                            + " and intent " + segment.intent() + ": replace the ring");
        }
        final ByteBuffer control = segment.buffer();
        final ProcessIdentity self = ProcessIdentity.current();
        segment.count(SegmentControl.EPOCH_OFFSET, 1);
        Words.putLongOpaque(control, SegmentControl.WRITER_START_OFFSET, self.startTime());
        Words.putInt(
                control, SegmentControl.WRITER_ABILITIES_OFFSET, sleepers == null ? 0 : SegmentControl.ABILITY_WAKES);
        Words.putLongRelease(control, SegmentControl.WRITER_PID_OFFSET, self.pid());
        final Admission admission = description.overwrite()
                ? new OverwriteAdmission(segment)
                : new LosslessAdmission(segment, cursors, deadReaders::reap, description);
        final SegmentWriter writer =
                new SegmentWriter(segment, cursors, sleepers, admission, policy, lineSize(), () -> release(lock));
        members.put(lock, writer);
        return writer;
    }

    /**
     * Takes a reader slot and reads from now on, or from the oldest lines on.
     *
     * @param start where
     * @return the reader
     * @throws RingException NO_FREE_SLOT if all slots are taken by live processes, MEMORY if the cursors may not be
     *     written
     */
    public synchronized RingReader join(StartPosition start) {
        checkOpen();
        if (!mayJoin) {
            throw new RingException(
                    RingException.Code.MEMORY,
                    path() + ": no permission to write cursors or locks, which readers need");
        }
        try {
            for (int attempt = 0; attempt < JOIN_ATTEMPTS; attempt++) {
                for (int slot = 0; slot < readers(); slot++) {
                    final FileLock lock = locks.tryHold(LockBytes.reader(slot));
                    if (lock != null) {
                        return join(slot, lock, start);
                    }
                }
                // A writer that probes for dead readers holds a free slot's lock for some microseconds.
                LockSupport.parkNanos(JOIN_RETRY_NANOS);
            }
        } catch (IOException notLockable) {
            throw RingFactory.memory(path(), "cannot be locked", notLockable);
        }
        throw new RingException(
                RingException.Code.NO_FREE_SLOT, "all " + readers() + " reader slots of " + path() + " are taken");
    }

    private RingReader join(int slot, FileLock lock, StartPosition start) {
        final long before = cursors.state(slot);
        final long generation = ReaderSlot.generation(before);
        final long free = ReaderSlot.state(generation, ReaderSlot.FREE);
        if (before != free) {
            // A dead reader's that no writer had to reap. Whoever reaps it now leaves the same.
            cursors.changeState(slot, before, free);
        }
        final ProcessIdentity self = ProcessIdentity.current();
        cursors.setOwner(slot, self.pid(), self.startTime());
        final long active = ReaderSlot.state(generation + 1, ReaderSlot.ACTIVE);
        final RingReader reader =
                new RingReader(path(), description, segments, cursors, sleepers, slot, active, () -> release(lock));
        reader.start(start, free);
        members.put(lock, reader);
        return reader;
    }

    /**
     * What the ring looks like now. Takes no part in it; costs a system call or two for each segment and reader.
     *
     * @return a snapshot
     */
    public synchronized RingStatus status() {
        checkOpen();
        try {
            return new RingInspector(description, segments, cursors, locks).look(path());
        } catch (IOException notLockable) {
            throw RingFactory.memory(path(), "cannot be locked", notLockable);
        }
    }

    /**
     * Frees the slots of readers whose processes are gone. Writers do so by themselves when such a reader holds them back.
     *
     * @return how many there were
     */
    public synchronized int reap() {
        checkOpen();
        return mayJoin ? deadReaders.reap() : 0;
    }

    private Segment map(SegmentGeometry geometry, boolean writable) throws IOException {
        final Geometry all = description.geometry();
        return new Segment(
                memory.mapData(geometry.offset(), geometry.size(), writable), geometry, RecordFormat.of(all, geometry));
    }

    private synchronized void release(FileLock lock) {
        members.remove(lock);
        try {
            lock.release();
        } catch (IOException closedChannel) {
            // The lock went with the channel.
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new RingException(RingException.Code.CLOSED, "the ring " + path() + " is closed");
        }
    }

    /**
     * Closes this ring's writers and readers and detaches ({@code finalize} in the thesis). The last process to leave
     * removes the ring, unless it was created to be kept.
     */
    @Override
    public void close() {
        leave(description.keep());
    }

    /** As {@link #close}, but the ring stays in any case: for who only looks at a ring that others will come back to. */
    public void detach() {
        leave(true);
    }

    private void leave(boolean keep) {
        final List<AutoCloseable> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(members.values());
        }
        for (AutoCloseable member : open) {
            if (member instanceof SegmentWriter writer) {
                writer.close();
            } else if (member instanceof RingReader reader) {
                reader.close();
            }
        }
        RingFactory.leave(files, memory, locks, keep);
    }
}
