package org.ipspipeline.ips.command.ring;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.LineBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where lines go: the standard output, or the end of a file. A file that was renamed, as log rotation does, is made anew
 * within a second.
 */
final class LineArchive implements Closeable {

    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final @Nullable Path file;
    private FileChannel channel;
    private @Nullable Object key;
    private long lookAt;

    private LineArchive(@Nullable Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.key = file == null ? null : key(file);
        this.lookAt = System.nanoTime() + LOOK_EVERY_NANOS;
    }

    /**
     * Opens it.
     *
     * @param file appended to, and created where it does not exist; null for the standard output
     * @return the archive
     * @throws IOException if the file cannot be written
     */
    @SuppressWarnings("resource") // the standard output stays open
    static LineArchive open(@Nullable Path file) throws IOException {
        return new LineArchive(
                file, file == null ? new FileOutputStream(FileDescriptor.out).getChannel() : append(file));
    }

    /**
     * Writes all lines of a batch.
     *
     * @param lines the batch
     * @throws IOException if there is no room, or nobody reads the standard output any more
     */
    void write(LineBuffer lines) throws IOException {
        followRotation();
        ByteBuffer bytes = lines.bytes().duplicate();
        bytes.clear().limit(lines.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void followRotation() throws IOException {
        long now = System.nanoTime();
        if (file == null || now - lookAt < 0) {
            return;
        }
        lookAt = now + LOOK_EVERY_NANOS;
        if (!Objects.equals(key, key(file))) {
            channel.close();
            channel = append(file);
            key = key(file);
        }
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            channel.close();
        }
    }
}
