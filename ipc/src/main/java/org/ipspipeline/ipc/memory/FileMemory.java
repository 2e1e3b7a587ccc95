package org.ipspipeline.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two files that are mapped: on tmpfs they are POSIX shared memory, on hugetlbfs huge pages. */
public final class FileMemory implements RingMemory {

    /** Files on any file system with pages of the usual size. */
    public static final int KIND_FILE = 0;

    /** Files on hugetlbfs. */
    public static final int KIND_HUGETLBFS = 1;

    /** The size of pages that are not huge. */
    public static final int SMALL_PAGE = 4096;

    private static final int ZEROS = 1 << 20;

    private final Path data;
    private final Path cursors;
    private final @Nullable Path link;
    private final int pageSize;

    /**
     * Names the files; they need not exist yet.
     *
     * @param data the data's
     * @param cursors the cursors'
     * @throws IOException if their directory cannot be asked
     */
    public FileMemory(Path data, Path cursors) throws IOException {
        this(data, cursors, null);
    }

    /**
     * Names the files of a ring whose data is not at its path.
     *
     * @param data the data's
     * @param cursors the cursors'
     * @param link the ring's path, which is removed with the ring; null if that is the data's
     * @throws IOException if the data's directory cannot be asked
     */
    public FileMemory(Path data, Path cursors, @Nullable Path link) throws IOException {
        this.data = data;
        this.cursors = cursors;
        this.link = link;
        this.pageSize = pageSize(data);
    }

    private static int pageSize(Path file) throws IOException {
        final Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory), null, "is no directory");
        }
        final var store = Files.getFileStore(directory);
        return "hugetlbfs".equals(store.type()) ? Math.toIntExact(store.getBlockSize()) : SMALL_PAGE;
    }

    /**
     * Creates both files with all their pages there, so that a full file system shows now and not when a line is
     * written.
     *
     * @param dataSize bytes, a multiple of the page size
     * @param cursorsSize likewise
     * @param dataMode permissions of the data, whatever the umask
     * @param cursorsMode permissions of the cursors
     * @throws IOException if a file exists, or there is no room; then nothing is left behind
     */
    public void create(
            long dataSize, long cursorsSize, Set<PosixFilePermission> dataMode, Set<PosixFilePermission> cursorsMode)
            throws IOException {
        create(cursors, cursorsSize, cursorsMode);
        boolean complete = false;
        try {
            create(data, dataSize, dataMode);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(cursors);
            }
        }
    }

    private static void create(Path file, long size, Set<PosixFilePermission> mode) throws IOException {
        final Set<? extends OpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        boolean complete = false;
        final FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(mode));
        try (channel) {
            Files.setPosixFilePermissions(file, mode);
            final int pageSize = pageSize(file);
            if (pageSize == SMALL_PAGE) {
                writeZeros(channel, size);
            } else {
                touchPages(channel, size, pageSize);
            }
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void writeZeros(FileChannel channel, long size) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(size, ZEROS));
        for (long position = 0; position < size; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - position));
            position += channel.write(zeros, position);
        }
    }

    /** On hugetlbfs there is no write(2): mapping extends the file and reserves the pages, or fails. */
    private static void touchPages(FileChannel channel, long size, int pageSize) throws IOException {
        final long chunk = Integer.MAX_VALUE & -(long) pageSize;
        for (long position = 0; position < size; position += chunk) {
            final int length = (int) Math.min(chunk, size - position);
            touch(map(channel, FileChannel.MapMode.READ_WRITE, position, length), pageSize);
        }
    }

    /** Makes every page of new memory be there. */
    static void touch(ByteBuffer memory, int pageSize) {
        for (int i = 0; i < memory.capacity(); i += pageSize) {
            memory.put(i, (byte) 0);
        }
    }

    @Override
    public ByteBuffer mapData(long offset, int size, boolean writable) throws IOException {
        return map(data, offset, size, writable);
    }

    @Override
    public ByteBuffer mapCursors(int size, boolean writable) throws IOException {
        return map(cursors, 0, size, writable);
    }

    private ByteBuffer map(Path file, long offset, int size, boolean writable) throws IOException {
        try (FileChannel channel = open(file, writable)) {
            // A mapping to write would extend a file that is too short.
            if (channel.size() < offset + size) {
                throw new IOException(file + " has " + channel.size() + " bytes, fewer than the " + (offset + size)
                        + " that its header tells");
            }
            return map(
                    channel, writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY, offset, size);
        }
    }

    private static ByteBuffer map(FileChannel channel, FileChannel.MapMode mode, long offset, int size)
            throws IOException {
        final MappedByteBuffer mapped = channel.map(mode, offset, size);
        return mapped.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FileChannel open(Path file, boolean writable) throws IOException {
        return writable
                ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                : FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long dataSize() throws IOException {
        return size(data);
    }

    private static long size(Path file) throws IOException {
        try (FileChannel channel = open(file, false)) {
            return channel.size();
        }
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public int kind() {
        return pageSize == SMALL_PAGE ? KIND_FILE : KIND_HUGETLBFS;
    }

    @Override
    public void remove() throws IOException {
        // The path first: what it names must be there.
        if (link != null) {
            Files.deleteIfExists(link);
        }
        Files.deleteIfExists(data);
        Files.deleteIfExists(cursors);
    }
}
