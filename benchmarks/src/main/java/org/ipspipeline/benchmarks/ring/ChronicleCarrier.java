package org.ipspipeline.benchmarks.ring;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/** Chronicle Queue in shared memory: it keeps all lines, and publishes each on its own. */
final class ChronicleCarrier implements Carrier {

    /** What its documentation asks for; and it must not report its use to its makers, nor log. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.disk.monitor.disable=true",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED");

    private static final long BLOCK_SIZE = 64L << 20;
    /** It never forgets a line: so many fill 1.6 GB. */
    private static final long MOST_LINES = 12_000_000;

    static final String NAME = "chronicle";

    @Override
    public List<String> arguments() {
        return List.of(NAME);
    }

    @Override
    public List<String> jvmOptions() {
        return JVM_OPTIONS;
    }

    private static ChronicleQueue queue(Rendezvous place) {
        return SingleChronicleQueueBuilder.binary(place.path("chronicle"))
                .blockSize(BLOCK_SIZE)
                .build();
    }

    @Override
    public LineReader reader(Rendezvous place) {
        final ChronicleQueue queue = queue(place);
        return new Reader(queue);
    }

    @Override
    public LineWriter writer(Rendezvous place) {
        return new Writer(queue(place));
    }

    private static final class Writer implements LineWriter {
        private final ChronicleQueue queue;
        private final ExcerptAppender appender;
        private final Bytes<?> line = Bytes.allocateElasticDirect(LINE_SIZE);

        private Writer(ChronicleQueue queue) {
            this.queue = queue;
            this.appender = queue.createAppender();
            final byte[] filler = new byte[LINE_SIZE];
            Arrays.fill(filler, FILLER);
            line.write(filler);
        }

        @Override
        public int write(long number) {
            if (number >= MOST_LINES) {
                return 0;
            }
            line.writeLong(0, number);
            line.readPositionRemaining(0, LINE_SIZE);
            appender.writeBytes(line);
            return 1;
        }

        @Override
        public void close() {
            queue.close();
        }
    }

    private static final class Reader implements LineReader {
        private final ChronicleQueue queue;
        private final ExcerptTailer tailer;

        private Reader(ChronicleQueue queue) {
            this.queue = queue;
            this.tailer = queue.createTailer();
        }

        @Override
        public int read(ExpectedLines expected) {
            int count = 0;
            while (count < READ_LIMIT) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        break;
                    }
                    final Bytes<?> bytes =
                            Objects.requireNonNull(document.wire()).bytes();
                    expected.line(bytes.readLong(bytes.readPosition()), (int) bytes.readRemaining());
                    count++;
                }
            }
            return count;
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
