package org.ipspipeline.ips.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the positions of a source's files outlive the process: records in a mapped file, so that keeping one costs a few stores
 * and a killed process loses nothing. Not thread-safe.
 *
 * <p>The machine itself may lose the last seconds when its power fails; the lines of these are then given again.
 */
final class PositionFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PositionFile.class);
    /** "IPSPOS" and the version of the layout. */
    private static final long MAGIC = 0x3130_534F_5053_5049L;

    private static final int CHUNK_RECORDS = 128;
    private static final int CHUNK = CHUNK_RECORDS * PositionRecord.SIZE;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final List<MappedByteBuffer> chunks = new ArrayList<>();
    private final BitSet used = new BitSet();
    private boolean usedBefore;

    private PositionFile(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens or creates the file of a source.
     *
     * @param directory for such files; created if it is not there
     * @param source the source as the operator wrote it
     * @throws SourceException with one line, if that is not possible
     */
    static PositionFile open(Path directory, String source) {
        final CRC32C hash = new CRC32C();
        hash.update(source.getBytes(StandardCharsets.UTF_8));
        final Path path = directory.resolve(String.format("positions-%08x", hash.getValue()));
        try {
            Files.createDirectories(directory);
            final FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new SourceException(source + ": another process keeps its positions in " + path
                        + "; stop it or name another state directory");
            }
            final PositionFile file = new PositionFile(path, channel, lock);
            file.load();
            return file;
        } catch (IOException e) {
            throw new SourceException(
                    source + ": positions cannot be kept: " + directory + " " + Troubles.clause(directory, e), e);
        }
    }

    /** Whether the source was followed before, even if it had no file then. */
    boolean wasUsedBefore() {
        return usedBefore;
    }

    /** What was kept, by followed path. Records that cannot be read are freed. */
    Map<Path, List<SavedPosition>> saved() {
        final Map<Path, List<SavedPosition>> saved = new HashMap<>();
        for (int record = used.nextSetBit(0); record >= 0; record = used.nextSetBit(record + 1)) {
            final MappedByteBuffer memory = memory(record);
            final int at = at(record);
            if (!PositionRecord.isReadable(memory, at)) {
                LOG.warn("{}: record {} is damaged, forgetting it", path, record);
                free(record);
                continue;
            }
            final long flags = PositionRecord.flags(memory, at);
            final Path followed = Path.of(new String(PositionRecord.path(memory, at), StandardCharsets.UTF_8));
            saved.computeIfAbsent(followed, key -> new ArrayList<>())
                    .add(new SavedPosition(
                            record,
                            new FileIdentity(PositionRecord.device(memory, at), PositionRecord.inode(memory, at)),
                            PositionRecord.handled(memory, at),
                            PositionRecord.given(memory, at),
                            (flags & PositionRecord.SKIPPING) != 0,
                            (flags & PositionRecord.FINISHED) != 0,
                            (flags & PositionRecord.DRAINED) != 0));
        }
        return saved;
    }

    /**
     * Takes a record for a file.
     *
     * @param followed the path that it stands or stood at
     * @param identity which file
     * @return the record's number, or -1 if it cannot be kept
     */
    int create(Path followed, FileIdentity identity) {
        final byte[] name = followed.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > PositionRecord.MOST_PATH_BYTES) {
            LOG.warn("{}: the path is too long for its position to be kept", followed);
            return -1;
        }
        final int record = used.nextClearBit(0);
        try {
            if (record >= chunks.size() * CHUNK_RECORDS - 1) {
                map(chunks.size());
            }
        } catch (IOException e) {
            LOG.warn("{}: its position cannot be kept: {}", followed, e.getMessage());
            return -1;
        }
        used.set(record);
        PositionRecord.create(memory(record), at(record), name, identity.device(), identity.inode());
        return record;
    }

    void writeGiven(int record, long position, long headHash, long tailHash) {
        PositionRecord.writeGiven(memory(record), at(record), position, headHash, tailHash);
    }

    void writeHandled(int record, long position, long headHash, long tailHash, long flags) {
        PositionRecord.writeHandled(memory(record), at(record), position, headHash, tailHash, flags);
    }

    void free(int record) {
        PositionRecord.free(memory(record), at(record));
        used.clear(record);
    }

    @Override
    public void close() throws IOException {
        for (MappedByteBuffer chunk : chunks) {
            chunk.force();
        }
        lock.release();
        channel.close();
    }

    private void load() throws IOException {
        final int present = (int) (channel.size() / CHUNK);
        for (int chunk = 0; chunk < Math.max(1, present); chunk++) {
            map(chunk);
        }
        final MappedByteBuffer first = chunks.get(0);
        usedBefore = first.getLong(0) == MAGIC;
        if (!usedBefore && first.getLong(0) != 0) {
            throw new IOException(path + " is not a file of positions");
        }
        first.putLong(0, MAGIC);
        for (int record = 0; record < chunks.size() * CHUNK_RECORDS - 1; record++) {
            if (PositionRecord.isInUse(memory(record), at(record))) {
                used.set(record);
            }
        }
    }

    private void map(int chunk) throws IOException {
        final long end = (long) (chunk + 1) * CHUNK;
        if (channel.size() < end) {
            // Written, not only mapped: a full disk is found out here, where it can be told.
            final ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(CHUNK, end - channel.size()));
            long at = channel.size();
            while (zeros.hasRemaining()) {
                at += channel.write(zeros, at);
            }
        }
        final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, (long) chunk * CHUNK, CHUNK);
        memory.order(ByteOrder.LITTLE_ENDIAN);
        chunks.add(memory);
    }

    /** The first record's place holds the magic number. */
    private MappedByteBuffer memory(int record) {
        return chunks.get((record + 1) / CHUNK_RECORDS);
    }

    private static int at(int record) {
        return (record + 1) % CHUNK_RECORDS * PositionRecord.SIZE;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this process itself.
            return null;
        }
    }
}
