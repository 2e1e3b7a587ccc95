package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.ipspipeline.ips.source.kernel.OpenFile;
import org.ipspipeline.ips.source.kernel.Uring;

/** Reads through an io_uring, which all the files of a thread share, with registered buffers. */
final class UringFile implements ReadableFile {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final ThreadLocal<RingOfThread> RINGS = ThreadLocal.withInitial(RingOfThread::new);

    private final OpenFile file;
    private final FileIdentity identity;

    private UringFile(OpenFile file, FileIdentity identity) {
        this.file = file;
        this.identity = identity;
    }

    static UringFile open(Path path) throws IOException {
        FileIdentity.ofRegular(path);
        final OpenFile file = OpenFile.open(path);
        try {
            return new UringFile(file, FileIdentity.of(file.path()));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer into, int offset, int length, long position) throws IOException {
        final Uring ring = ring();
        int done = 0;
        while (done < length) {
            final int wanted = Math.min(length - done, Uring.BUFFERS * Uring.BUFFER_SIZE);
            final int got = ring.read(file.descriptor(), position + done, wanted);
            into.put(offset + done, ring.memory(), 0, got);
            done += got;
            if (got < wanted) {
                break;
            }
        }
        return done;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileIdentity identity() {
        return identity;
    }

    @Override
    public void close() {
        file.close();
    }

    private static Uring ring() throws IOException {
        try {
            return RINGS.get().uring;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Goes with its thread. */
    private static final class RingOfThread {

        private final Uring uring;

        RingOfThread() {
            try {
                final Uring opened = Uring.open();
                uring = opened;
                CLEANER.register(this, opened::close);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }
}
