package org.ipspipeline.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The file at the path of a ring whose data is somewhere else: it tells where.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |                    magic "IPSRLINK" (u64)                     |
 *    8 +-------------------------------+-------------------------------+
 *      | version (u32)                 | CRC-32C of 16 .. 4096         |
 *   16 +-------------------------------+-------------------------------+
 *      | backing (u32)                 | page size (u32)               |
 *   24 +-------------------------------+-------------------------------+
 *      | key of the data (u32)         | key of the cursors (u32)      |
 *   32 +-------------------------------+-------------------------------+
 *      | length of the path (u32)      | path of the data (UTF-8)      |
 *      +-------------------------------+            ...                |
 * 4096 +---------------------------------------------------------------+
 * </pre>
 *
 * @param backing {@link FileMemory#KIND_HUGETLBFS}: the data is at a path, the cursors beside the link; or
 *     {@link SystemVMemory#KIND_SYSTEM_V}: data and cursors have keys
 * @param pageSize of the data's pages
 * @param dataKey a System V key, else 0
 * @param cursorsKey likewise
 * @param data a path, else empty
 */
public record RingLink(int backing, int pageSize, int dataKey, int cursorsKey, String data) {

    private static final long MAGIC = 0x4B4E494C52535049L;
    private static final int VERSION = 1;
    private static final int SIZE = 4096;
    private static final int CHECKSUM_OFFSET = 12;
    private static final int BACKING_OFFSET = 16;
    private static final int PATH_LENGTH_OFFSET = 32;
    private static final int PATH_OFFSET = 36;

    /**
     * Whether a file is a link.
     *
     * @param file an existing file
     * @return false for one of any other content
     * @throws IOException if it cannot be read
     */
    public static boolean isLink(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            final ByteBuffer magic = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            return channel.size() == SIZE && channel.read(magic, 0) == Long.BYTES && magic.getLong(0) == MAGIC;
        }
    }

    /**
     * Reads a link.
     *
     * @param file the file
     * @return what it says
     * @throws IOException if it cannot be read, or is damaged
     */
    public static RingLink read(Path file) throws IOException {
        final ByteBuffer content = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = open(file)) {
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // Reads on until the buffer is full or the file ends.
            }
        }
        final int pathLength = content.getInt(PATH_LENGTH_OFFSET);
        if (content.position() != SIZE
                || content.getLong(0) != MAGIC
                || content.getInt(Long.BYTES) != VERSION
                || content.getInt(CHECKSUM_OFFSET) != checksum(content)
                || pathLength < 0
                || pathLength > SIZE - PATH_OFFSET) {
            throw new IOException(file + " is a damaged link to a ring, or one of another version");
        }
        final byte[] path = new byte[pathLength];
        content.get(PATH_OFFSET, path);
        return new RingLink(
                content.getInt(BACKING_OFFSET),
                content.getInt(BACKING_OFFSET + 4),
                content.getInt(BACKING_OFFSET + 8),
                content.getInt(BACKING_OFFSET + 12),
                new String(path, StandardCharsets.UTF_8));
    }

    /**
     * Writes this link to an existing file that is still empty.
     *
     * @param file the file
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        final byte[] path = data.getBytes(StandardCharsets.UTF_8);
        if (path.length > SIZE - PATH_OFFSET) {
            throw new IOException("the path " + data + " is too long");
        }
        final ByteBuffer content = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(0, MAGIC)
                .putInt(Long.BYTES, VERSION)
                .putInt(BACKING_OFFSET, backing)
                .putInt(BACKING_OFFSET + 4, pageSize)
                .putInt(BACKING_OFFSET + 8, dataKey)
                .putInt(BACKING_OFFSET + 12, cursorsKey)
                .putInt(PATH_LENGTH_OFFSET, path.length)
                .put(PATH_OFFSET, path);
        content.putInt(CHECKSUM_OFFSET, checksum(content));
        content.clear();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
    }

    /**
     * Creates the file that a link will be written to, for its inode.
     *
     * @param file the file
     * @param mode its permissions, whatever the umask
     * @throws IOException if it exists or cannot be created
     */
    public static void createEmpty(Path file, Set<PosixFilePermission> mode) throws IOException {
        final Set<? extends OpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(mode))
                .close();
        Files.setPosixFilePermissions(file, mode);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static int checksum(ByteBuffer content) {
        final CRC32C crc = new CRC32C();
        crc.update(content.duplicate().position(BACKING_OFFSET).limit(SIZE));
        return (int) crc.getValue();
    }
}
