package org.ipspipeline.ips.match.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that can be made again, by name. What is read is what was written: a file that is torn or altered is as good as none. Nobody
 * but this user may have written it, as whoever reads it trusts it. The files that were not used for longest make room for others.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |                  magic "IPSCACH1" (u64)                       |
 *    8 +-------------------------------+-------------------------------+
 *      | CRC-32C of the content (u32)  | length of the content (u32)   |
 *   16 +-------------------------------+-------------------------------+
 *      |  content                                                      |
 *      +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Safe for use by any number of threads and processes.
 */
final class CacheDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);
    private static final long MAGIC = 0x4950_5343_4143_4831L;
    private static final int HEADER = 16;
    private static final String SUFFIX = ".cached";
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path directory;
    private final int maxFiles;
    private final long maxBytes;

    private CacheDirectory(Path directory, int maxFiles, long maxBytes) {
        this.directory = directory;
        this.maxFiles = maxFiles;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes a directory, which is made if need be.
     *
     * @param directory this user's alone
     * @param maxFiles how many files it holds at most
     * @param maxBytes how large they are together at most
     * @throws IOException if it cannot be made, or is not to be trusted; the message is one line
     */
    static CacheDirectory open(Path directory, int maxFiles, long maxBytes) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            if (directory.toAbsolutePath().getParent() != null) {
                Files.createDirectories(directory.toAbsolutePath().getParent());
            }
            try {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException meanwhile) {
                // By another process of ours, or not: that is looked at next.
            }
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is no directory");
        }
        checkOwn(directory);
        return new CacheDirectory(directory, maxFiles, maxBytes);
    }

    /** Others could have written what they may write. */
    private static void checkOwn(Path path) throws IOException {
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new IOException(path + " belongs to another user");
        }
        if (Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                .anyMatch(OTHERS_WRITE::contains)) {
            throw new IOException(path + " may be written by others");
        }
    }

    /**
     * Reads a file.
     *
     * @param name letters and digits
     * @return its content; null if there is none that can be trusted
     */
    byte @Nullable [] read(String name) {
        Path file = file(name);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            checkOwn(file);
            byte[] content = content(Files.readAllBytes(file));
            if (content != null) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
            return content;
        } catch (IOException gone) {
            return null;
        }
    }

    private static byte @Nullable [] content(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || buffer.getLong() != MAGIC) {
            return null;
        }
        int sum = buffer.getInt();
        if (buffer.getInt() != bytes.length - HEADER || sum != sum(bytes, HEADER)) {
            return null;
        }
        byte[] content = new byte[bytes.length - HEADER];
        buffer.get(content);
        return content;
    }

    private static int sum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }

    /**
     * Writes a file, in the place of that of before.
     *
     * @param name letters and digits
     * @param content what to keep
     * @throws IOException if it cannot be written; there is nothing half done then
     */
    void write(String name, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + content.length);
        bytes.putLong(MAGIC).putInt(sum(content, 0)).putInt(content.length).put(content);
        Path temporary = Files.createTempFile(directory, name, ".new");
        try {
            Files.write(temporary, bytes.array());
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        makeRoom();
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private record Kept(Path path, long bytes, FileTime used) {}

    private void makeRoom() throws IOException {
        List<Kept> newestFirst = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : files.toList()) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                    newestFirst.add(new Kept(path, attributes.size(), attributes.lastModifiedTime()));
                } catch (NoSuchFileException removedByAnother) {
                    LOG.trace("{}: another process made room", path);
                }
            }
        }
        newestFirst.sort(Comparator.comparing(Kept::used).reversed());
        int count = 0;
        long bytes = 0;
        for (Kept kept : newestFirst) {
            count++;
            bytes += kept.bytes;
            if (count > maxFiles || bytes > maxBytes) {
                Files.deleteIfExists(kept.path);
            }
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
