package org.ipspipeline.ips.source.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.Loss;
import org.ipspipeline.ips.source.SourceStatus;

/**
 * A program that follows a log and remembers how far it came: {@code PATTERN STATE OUTPUT}. Appends every line to its output, and
 * what the source says of losses and repetitions as these change.
 */
final class RememberingReader {

    private RememberingReader() {}

    public static void main(String[] arguments) throws IOException {
        final Doorbell doorbell = new Doorbell(10_000_000);
        final FileOptions options = FileOptions.DEFAULT
                .withState(Path.of(arguments[1]))
                .withLookEvery(Duration.ofMillis(20))
                .withLinger(Duration.ofSeconds(5));
        final LineBuffer buffer = new LineBuffer(256, 64 * 1024);
        try (FileChannel output = FileChannel.open(
                        Path.of(arguments[2]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
                FileSource source = new FileSource("file:" + arguments[0], arguments[0], options, doorbell)) {
            write(output, "START\n");
            follow(source, buffer, output, doorbell);
        }
    }

    private static void follow(FileSource source, LineBuffer buffer, FileChannel output, Doorbell doorbell)
            throws IOException {
        int empty = 0;
        String told = "";
        while (true) {
            buffer.clear();
            final boolean any = source.fill(buffer);
            // Told before the lines: killed between the two, it has told of repetitions that there are not, and not the
            // other way.
            final String now = summary(source.status());
            if (!now.equals(told)) {
                write(output, now);
                told = now;
            }
            if (any) {
                final ByteBuffer lines = buffer.bytes().duplicate().limit(buffer.size());
                while (lines.hasRemaining()) {
                    output.write(lines);
                }
                source.handled(1);
                empty = 0;
            } else {
                doorbell.idle(++empty);
            }
        }
    }

    private static String summary(SourceStatus status) {
        final long losses = status.losses().stream().mapToLong(Loss::times).sum();
        return "STATUS " + losses + " " + status.repeatedLines() + "\n";
    }

    private static void write(FileChannel output, String text) throws IOException {
        output.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }
}
