package org.ipspipeline.ips.source.syslog;

import java.nio.ByteBuffer;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;

/**
 * Cuts the bytes of one connection into messages, each by the way that its first byte tells: {@code 57 <34>1 ...} has its length
 * in front (octet counting, RFC 6587), anything else ends with a newline or a zero byte. Not thread-safe.
 */
final class MessageFraming {

    /** No program sends longer ones. */
    private static final int LONGEST_MESSAGE = 1 << 20;

    private final SyslogMessage messages;
    private final SourceMeter meter;
    private final byte[] kept;
    private int length;
    private State state = State.BETWEEN;
    /** Bytes of a counted message that are still to come, or its length as far as it was read. */
    private int count;

    /**
     * For a new connection.
     *
     * @param messages gets the messages
     * @param meter counts what is lost
     * @param maxMessageLength bytes of a message that are kept
     */
    MessageFraming(SyslogMessage messages, SourceMeter meter, int maxMessageLength) {
        this.messages = messages;
        this.meter = meter;
        this.kept = new byte[maxMessageLength];
    }

    /**
     * Takes what has come.
     *
     * @param bytes are taken from the position to the limit
     * @return false if the connection is of no use any more: where its next message begins cannot be told
     * @throws InterruptedException if the thread is asked to end while it waits for room
     */
    boolean take(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            switch (state) {
                case BETWEEN -> begin(bytes.get());
                case COUNT -> {
                    if (!readCount(bytes.get())) {
                        meter.lost(LossReason.MALFORMED, 0, bytes.remaining());
                        return false;
                    }
                }
                case COUNTED -> readCounted(bytes);
                case LINE -> readLine(bytes);
            }
        }
        return true;
    }

    /** The connection is at its end. */
    void end() throws InterruptedException {
        if (state == State.LINE) {
            give();
        } else if (state != State.BETWEEN) {
            meter.lost(LossReason.INTERRUPTED, 1, length);
        }
    }

    private void begin(byte first) {
        if (first == '\n' || first == '\r' || first == 0) {
            return;
        }
        length = 0;
        keep(first);
        final boolean digit = first >= '1' && first <= '9';
        count = digit ? first - '0' : 0;
        state = digit ? State.COUNT : State.LINE;
    }

    private boolean readCount(byte next) {
        if (next >= '0' && next <= '9') {
            keep(next);
            count = count * 10 + next - '0';
            return count <= LONGEST_MESSAGE;
        }
        if (next == ' ') {
            length = 0;
            state = State.COUNTED;
            return true;
        }
        // A text that begins with a number.
        state = State.LINE;
        keep(next);
        return true;
    }

    private void readCounted(ByteBuffer bytes) throws InterruptedException {
        while (count > 0 && bytes.hasRemaining()) {
            keep(bytes.get());
            count--;
        }
        if (count == 0) {
            give();
        }
    }

    private void readLine(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            final byte next = bytes.get();
            if (next == '\n' || next == 0) {
                give();
                return;
            }
            keep(next);
        }
    }

    private void keep(byte next) {
        if (length < kept.length) {
            kept[length++] = next;
        }
    }

    private void give() throws InterruptedException {
        state = State.BETWEEN;
        messages.take(kept, length);
    }

    private enum State {
        BETWEEN,
        COUNT,
        COUNTED,
        LINE
    }
}
