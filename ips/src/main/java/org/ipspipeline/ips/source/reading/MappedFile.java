package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Copies out of a mapping, window by window: no system call copies, but one must tell the file's length, before and after, as a
 * mapping behind the end of a file that is cut back is of no use. Where it is cut back in the middle of a copy, the JVM reports a
 * fault, and nothing is read.
 */
final class MappedFile implements ReadableFile {

    private static final long WINDOW = 64L << 20;

    private final ChannelFile file;
    private @Nullable MappedByteBuffer window;
    private long windowStart;

    private MappedFile(ChannelFile file) {
        this.file = file;
    }

    static MappedFile open(Path path) throws IOException {
        return new MappedFile(ChannelFile.open(path));
    }

    @Override
    public int read(ByteBuffer into, int offset, int length, long position) throws IOException {
        final long size = file.size();
        int done = 0;
        while (done < length && position + done < size) {
            final long at = position + done;
            final MappedByteBuffer mapped = windowAt(at, size);
            final int from = (int) (at - windowStart);
            final int count = (int) Math.min(Math.min(length - done, mapped.capacity() - from), size - at);
            try {
                into.put(offset + done, mapped, from, count);
            } catch (InternalError fault) {
                window = null;
                return 0;
            }
            done += count;
        }
        // What was cut back meanwhile may have read as zeros.
        return (int) Math.max(0, Math.min(done, file.size() - position));
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileIdentity identity() {
        return file.identity();
    }

    @Override
    public void close() throws IOException {
        window = null;
        file.close();
    }

    private MappedByteBuffer windowAt(long position, long size) throws IOException {
        final MappedByteBuffer present = window;
        if (present != null && position >= windowStart && position < windowStart + present.capacity()) {
            return present;
        }
        windowStart = position / WINDOW * WINDOW;
        final MappedByteBuffer mapped =
                file.channel().map(FileChannel.MapMode.READ_ONLY, windowStart, Math.min(WINDOW, size - windowStart));
        window = mapped;
        return mapped;
    }
}
