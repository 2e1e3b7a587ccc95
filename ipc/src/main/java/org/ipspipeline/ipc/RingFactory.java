package org.ipspipeline.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.RingHeader;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.SegmentGeometry;
import org.ipspipeline.ipc.layout.Words;
import org.ipspipeline.ipc.membership.LockFile;
import org.ipspipeline.ipc.membership.LockFiles;
import org.ipspipeline.ipc.membership.Membership;
import org.ipspipeline.ipc.membership.ProcessIdentity;
import org.ipspipeline.ipc.memory.RingLink;
import org.ipspipeline.ipc.memory.RingMemory;

/** Creates, attaches to and removes rings, one process at a time: all under the membership lock. */
final class RingFactory {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RingFactory() {}

    static Ring create(Path path, RingOptions options) {
        final RingFiles files = RingFiles.of(path);
        try {
            if (Files.exists(files.data(), LinkOption.NOFOLLOW_LINKS) && !isRing(files)) {
                throw new RingException(RingException.Code.ALREADY_EXISTS, files.data() + " exists and is no ring");
            }
            final RingFiles.Locked locked = files.lock(
                    () -> LockFiles.openOrCreate(files.locks(), options.access().cursors()));
            try (Membership membership = locked.membership()) {
                return create(files, locked.file(), membership, options);
            } catch (IOException | RuntimeException failed) {
                LockFiles.release(locked.file());
                throw failed;
            }
        } catch (IOException failed) {
            throw memory(path, "cannot be created", failed);
        }
    }

    private static Ring create(RingFiles files, LockFile locks, Membership membership, RingOptions options)
            throws IOException {
        if (Files.exists(files.data(), LinkOption.NOFOLLOW_LINKS)) {
            if (options.existing() == RingOptions.Existing.REATTACH && isComplete(files)) {
                return attach(files, locks, membership);
            }
            makeWay(files, membership, options);
        }
        try {
            build(files, options);
            return attach(files, locks, membership);
        } finally {
            if (!Files.exists(files.data(), LinkOption.NOFOLLOW_LINKS) && membership.isAlone()) {
                Files.deleteIfExists(files.locks());
            }
        }
    }

    static Ring attach(Path path) {
        final RingFiles files = RingFiles.of(path);
        try {
            final RingFiles.Locked locked = files.lock(() -> LockFiles.open(files.locks()));
            try (Membership membership = locked.membership()) {
                return attach(files, locked.file(), membership);
            } catch (IOException | RuntimeException failed) {
                LockFiles.release(locked.file());
                throw failed;
            }
        } catch (NoSuchFileException missing) {
            throw new RingException(RingException.Code.NOT_FOUND, "there is no ring at " + path, missing);
        } catch (IOException failed) {
            throw memory(path, "cannot be attached to", failed);
        }
    }

    static void remove(Path path) {
        final RingFiles files = RingFiles.of(path);
        try {
            if (Files.exists(files.data(), LinkOption.NOFOLLOW_LINKS) && !isRing(files)) {
                throw new RingException(RingException.Code.ALREADY_EXISTS, files.data() + " is no ring");
            }
            final RingFiles.Locked locked = files.lock(() -> LockFiles.open(files.locks()));
            try (Membership membership = locked.membership()) {
                if (!membership.isAlone()) {
                    throw new RingException(RingException.Code.BUSY, "the ring " + files.data() + " is in use");
                }
                remove(files);
                Files.deleteIfExists(files.locks());
            } finally {
                LockFiles.release(locked.file());
            }
        } catch (NoSuchFileException missing) {
            throw new RingException(RingException.Code.NOT_FOUND, "there is no ring at " + path, missing);
        } catch (IOException failed) {
            throw memory(path, "cannot be removed", failed);
        }
    }

    /** Removes what is at the path, if the options allow it or its creator died on the way and nobody uses it. */
    private static void makeWay(RingFiles files, Membership membership, RingOptions options) throws IOException {
        if (options.existing() != RingOptions.Existing.REPLACE && isComplete(files)) {
            throw new RingException(
                    RingException.Code.ALREADY_EXISTS,
                    "there is a ring at " + files.data() + ": attach to it (REATTACH), or replace it");
        }
        if (!membership.isAlone()) {
            throw new RingException(
                    RingException.Code.ALREADY_EXISTS,
                    "the ring " + files.data() + " is in use and cannot be replaced");
        }
        remove(files);
    }

    private static void remove(RingFiles files) throws IOException {
        try {
            RingMemories.open(files).remove();
        } catch (IOException incomplete) {
            // A link to memory that is not there.
            Files.deleteIfExists(files.data());
            Files.deleteIfExists(files.cursors());
        }
    }

    private static boolean isRing(RingFiles files) throws IOException {
        if (!Files.isRegularFile(files.data(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        // An empty file is one whose creator died, or that the caller made to have the name.
        if (Files.size(files.data()) == 0 || RingLink.isLink(files.data())) {
            return true;
        }
        final RingMemory memory = RingMemories.open(files);
        if (memory.dataSize() < RingHeader.TABLE_OFFSET) {
            return false;
        }
        final long magic = Words.getLong(memory.mapData(0, RingHeader.TABLE_OFFSET, false), RingHeader.MAGIC_OFFSET);
        return magic == RingHeader.MAGIC || (magic == 0 && Files.exists(files.cursors(), LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether there is a ring whose creator came to the end. */
    private static boolean isComplete(RingFiles files) {
        try {
            final RingMemory memory = RingMemories.open(files);
            return memory.dataSize() >= RingHeader.TABLE_OFFSET
                    && Words.getIntAcquire(memory.mapData(0, RingHeader.TABLE_OFFSET, false), RingHeader.VERSION_OFFSET)
                            != 0;
        } catch (IOException incomplete) {
            return false;
        }
    }

    private static void build(RingFiles files, RingOptions options) throws IOException {
        // Without data beside them, cursors are what a creator left that died before it came to the data.
        Files.deleteIfExists(files.cursors());
        final RingMemories.Created created = RingMemories.create(files, options);
        final RingMemory memory = created.memory();
        final Geometry geometry = created.geometry();
        final ProcessIdentity self = ProcessIdentity.current();
        final RingDescription ring = new RingDescription(
                geometry,
                randomId(),
                options.isOverwrite(),
                options.isKept(),
                options.stuckReader(),
                options.stuckTimeout().toNanos(),
                memory.kind(),
                self.pid(),
                self.startTime(),
                System.currentTimeMillis());
        for (SegmentGeometry segment : geometry.segments()) {
            final ByteBuffer control = memory.mapData(segment.offset(), segment.size(), true);
            Words.putLong(control, SegmentControl.INTENT_OFFSET, segment.capacity());
        }
        RingHeaderCodec.writeCursors(memory.mapCursors(Math.toIntExact(geometry.cursorsSize()), true), ring);
        final ByteBuffer header =
                memory.mapData(0, RingHeader.size(geometry.segments().size()), true);
        RingHeaderCodec.write(header, ring);
        RingHeaderCodec.publish(header);
    }

    static long randomId() {
        return RANDOM.nextLong();
    }

    private static Ring attach(RingFiles files, LockFile locks, Membership membership) throws IOException {
        final RingMemory memory = RingMemories.open(files);
        final RingHeaderCodec codec = new RingHeaderCodec(files.data());
        if (memory.dataSize() < RingHeader.TABLE_OFFSET) {
            throw new RingException(
                    RingException.Code.INCOMPATIBLE, files.data() + " is no ring: it is shorter than a header");
        }
        final int size = codec.headerSize(memory.mapData(0, RingHeader.TABLE_OFFSET, false));
        final RingDescription ring = codec.read(memory.mapData(0, size, false), size);
        final int cursorsSize = Math.toIntExact(ring.geometry().cursorsSize());
        boolean mayJoin = locks.isWritable();
        ByteBuffer mapped;
        try {
            mapped = memory.mapCursors(cursorsSize, mayJoin);
        } catch (AccessDeniedException readOnly) {
            mapped = memory.mapCursors(cursorsSize, false);
            mayJoin = false;
        }
        codec.checkCursors(mapped, ring);
        final Cursors cursors = new Cursors(mapped, ring.geometry());
        final Ring attached = new Ring(files, ring, memory, locks, cursors, mayJoin);
        membership.attach();
        return attached;
    }

    /** Detaches; the last one removes the ring's files, locks last. */
    static void leave(RingFiles files, RingMemory memory, LockFile locks, boolean keep) {
        try (Membership membership = files.lockMembership(locks)) {
            membership.detach();
            if (!keep && membership.isAlone() && LockFiles.isCurrent(locks, files.locks())) {
                memory.remove();
                Files.deleteIfExists(files.locks());
            }
        } catch (IOException | RingException notRemoved) {
            // What cannot be locked or deleted stays, and the next to create a ring here finds nobody attached to it.
        } finally {
            LockFiles.release(locks);
        }
    }

    static RingException memory(Path path, String what, IOException cause) {
        return new RingException(RingException.Code.MEMORY, "the ring " + path + " " + what + ": " + cause, cause);
    }
}
