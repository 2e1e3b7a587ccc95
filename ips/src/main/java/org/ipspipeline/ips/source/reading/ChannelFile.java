package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads with one {@code pread} a block, straight into the caller's memory: no mapping, no thread, works on every file. */
final class ChannelFile implements ReadableFile {

    private static final int ATTEMPTS = 100;

    private final FileChannel channel;
    private final FileIdentity identity;

    private ChannelFile(FileChannel channel, FileIdentity identity) {
        this.channel = channel;
        this.identity = identity;
    }

    /** Opens a file, and makes sure which one, although its name may be moved to another in the same moment. */
    static ChannelFile open(Path path) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final FileIdentity before = FileIdentity.ofRegular(path);
            final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                if (before.equals(FileIdentity.of(path))) {
                    return new ChannelFile(channel, before);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new FileSystemException(path.toString(), null, "is replaced faster than it can be opened");
    }

    FileChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer into, int offset, int length, long position) throws IOException {
        into.limit(offset + length).position(offset);
        final int got = channel.read(into, position);
        into.clear();
        return Math.max(got, 0);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileIdentity identity() {
        return identity;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
