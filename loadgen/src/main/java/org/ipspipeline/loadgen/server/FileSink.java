package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ipspipeline.ipc.LineBuffer;

/**
 * Appends to a file, a batch with one system call. Several sinks may append to the same file: the kernel keeps each write
 * whole.
 */
final class FileSink implements LogSink {

    private final Path file;
    private final FileChannel channel;
    private boolean failed;

    private FileSink(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * {@return a sink with a descriptor of its own}
     *
     * @param file created when it does not exist
     * @throws IOException when the file cannot be opened for appending
     */
    static FileSink open(Path file) throws IOException {
        return new FileSink(
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    @Override
    public int write(LineBuffer lines) {
        ByteBuffer bytes = lines.bytes().duplicate().limit(lines.size()).position(0);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            failed = false;
        } catch (IOException failure) {
            tell(failure);
        }
        return linesWithin(lines, bytes.position());
    }

    /** The first failure of a row is told; the losses are in the counts. */
    private void tell(IOException failure) {
        if (!failed) {
            failed = true;
            System.err.println("ips-pipeline: " + file + ": log lines are being lost: " + failure.getMessage());
        }
    }

    private static int linesWithin(LineBuffer lines, int bytes) {
        int whole = lines.count();
        while (whole > 0 && lines.start(whole - 1) + lines.length(whole - 1) + 1 > bytes) {
            whole--;
        }
        return whole;
    }

    @Override
    public ServerCounter written() {
        return ServerCounter.FILE_WRITTEN;
    }

    @Override
    public ServerCounter refused() {
        return ServerCounter.FILE_REFUSED;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
