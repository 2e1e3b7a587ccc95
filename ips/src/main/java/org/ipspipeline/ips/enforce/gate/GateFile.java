package org.ipspipeline.ips.enforce.gate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Makes and opens the files of gates. Whoever writes one holds a lock on it. */
final class GateFile {

    private GateFile() {}

    /** A writer's hold of a file: until the channel is closed nobody else writes. */
    record Held(FileChannel channel, ByteBuffer bytes) {}

    /** Opens a file for reading. */
    static ByteBuffer open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return map(path, channel, MapMode.READ_ONLY);
        }
    }

    /** Takes over a file with its bans, or makes a new one if there is none. */
    static Held hold(Path path, int buckets) throws IOException {
        if (!Files.exists(path)) {
            create(path, buckets);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException(
                        path + ": another daemon writes this gate; stop it, or give this one its own file");
            }
            ByteBuffer bytes = map(path, channel, MapMode.READ_WRITE);
            long found = bytes.getLong(GateDescriptor.BUCKETS_OFFSET);
            if (found != buckets) {
                throw new IOException(path + ": has " + found + " buckets instead of " + buckets
                        + "; remove it while no server uses it, or ask for as many bans as before");
            }
            return new Held(channel, bytes);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    /** Under another name first, so that no reader ever sees an unfinished header. */
    private static void create(Path path, int buckets) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(directory, path.getFileName() + ".", ".new");
        try {
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = channel.map(MapMode.READ_WRITE, 0, GateDescriptor.fileBytes(buckets))
                        .order(ByteOrder.nativeOrder());
                SecureRandom random = new SecureRandom();
                bytes.putLong(GateDescriptor.VERSION_OFFSET, GateDescriptor.VERSION);
                bytes.putLong(GateDescriptor.BUCKETS_OFFSET, buckets);
                bytes.putLong(GateDescriptor.KEY0_OFFSET, random.nextLong());
                bytes.putLong(GateDescriptor.KEY1_OFFSET, random.nextLong());
                bytes.putLong(GateDescriptor.MAGIC_OFFSET, GateDescriptor.MAGIC);
            }
            // The daemon writes; the server may run as anybody, and reads.
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static ByteBuffer map(Path path, FileChannel channel, MapMode mode) throws IOException {
        long size = channel.size();
        if (size < GateDescriptor.HEADER_BYTES || size > Integer.MAX_VALUE) {
            throw new IOException(path + ": is no gate: " + size + " bytes");
        }
        ByteBuffer bytes = channel.map(mode, 0, size).order(ByteOrder.nativeOrder());
        if (bytes.getLong(GateDescriptor.MAGIC_OFFSET) != GateDescriptor.MAGIC) {
            throw new IOException(path + ": is no gate: it begins differently");
        }
        long version = bytes.getLong(GateDescriptor.VERSION_OFFSET);
        if (version != GateDescriptor.VERSION) {
            throw new IOException(path + ": is a gate of version " + version + ", this program knows version "
                    + GateDescriptor.VERSION);
        }
        long buckets = bytes.getLong(GateDescriptor.BUCKETS_OFFSET);
        if (buckets < 1 || buckets > GateDescriptor.MAX_BUCKETS || size != GateDescriptor.fileBytes(buckets)) {
            throw new IOException(
                    path + ": is a damaged gate: " + buckets + " buckets in " + size + " bytes; remove it");
        }
        return bytes;
    }
}
