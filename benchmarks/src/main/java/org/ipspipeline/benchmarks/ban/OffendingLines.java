package org.ipspipeline.benchmarks.ban;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ips.address.AddressFormatter;

/** Lines of a server that limits requests, each naming a client. For one thread. */
final class OffendingLines {

    /** Finds the client in a line. */
    static final String PATTERN = "client <HOST> exceeded request rate limit";

    private static final byte[] BEFORE =
            "2026-01-01T00:00:00.000Z WARN limiter: client ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = " exceeded request rate limit".getBytes(StandardCharsets.US_ASCII);
    private static final int BATCH = 64;
    private static final long PAUSE_NANOS = 20_000;

    private final Family family;
    private final byte[] line = new byte[BEFORE.length + AddressFormatter.MAX_LENGTH + AFTER.length];
    private final ByteBuffer text = ByteBuffer.wrap(line);
    private int staged;

    OffendingLines(Family family) {
        this.family = family;
        System.arraycopy(BEFORE, 0, line, 0, BEFORE.length);
    }

    /** Writes one line at once. */
    void write(SegmentWriter writer, int client, int stamp) {
        stage(writer, client, stamp);
        publish(writer);
    }

    /** Writes many lines, waiting for room where there is none. */
    void writeAll(SegmentWriter writer, int from, int count) {
        for (int client = from; client < from + count; client++) {
            stage(writer, client, 0);
            if (staged >= BATCH) {
                publish(writer);
            }
        }
        publish(writer);
    }

    private void stage(SegmentWriter writer, int client, int stamp) {
        int end = AddressFormatter.format(family.high(), family.low(client), text, BEFORE.length);
        System.arraycopy(AFTER, 0, line, end, AFTER.length);
        while (writer.stage(line, 0, end + AFTER.length, stamp) < 0) {
            publish(writer);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        staged++;
    }

    void publish(SegmentWriter writer) {
        writer.publish();
        staged = 0;
    }
}
