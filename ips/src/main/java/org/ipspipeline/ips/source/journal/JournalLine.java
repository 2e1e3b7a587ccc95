package org.ipspipeline.ips.source.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.journal.JournalEntry.Value;

/**
 * Makes a line of an entry, as syslog writes it into a file, with a date of its own that tells the year, the microsecond and the
 * zone:
 *
 * <pre>
 *   2026-11-24T10:00:00.123456Z host sshd[4711]: Failed password for root from 192.0.2.1 port 22 ssh2
 * </pre>
 *
 * <p>Newlines in a message become spaces, so that nobody forges an entry inside another. Not thread-safe.
 */
final class JournalLine {

    private static final DateTimeFormatter TO_SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);
    private static final long MICROS = 1_000_000;

    private final byte[] bytes;
    private int length;
    private boolean cut;
    private long second = Long.MIN_VALUE;
    private byte[] secondText = new byte[0];

    /**
     * @param maxLineLength bytes of a line that are kept
     */
    JournalLine(int maxLineLength) {
        this.bytes = new byte[maxLineLength];
    }

    /** Whether the last line was longer than is kept. */
    boolean wasCut() {
        return cut;
    }

    /**
     * Appends the line of an entry.
     *
     * @param entry has a message
     * @param into gets the line
     * @param stamp the line's time stamp
     * @return false if there is no room
     */
    boolean append(JournalEntry entry, LineBuffer into, int stamp) {
        length = 0;
        cut = false;
        putTime(entry);
        final Value host = entry.get(JournalField.HOST);
        if (host.isThere()) {
            put(' ');
            put(host);
        }
        put(' ');
        put(firstOf(entry, JournalField.IDENTIFIER, JournalField.PROGRAM));
        final Value process = firstOf(entry, JournalField.SENDERS_PROCESS, JournalField.PROCESS);
        if (process.isThere()) {
            put('[');
            put(process);
            put(']');
        }
        put(':');
        put(' ');
        put(entry.get(JournalField.MESSAGE));
        return into.append(bytes, 0, length, stamp);
    }

    private static Value firstOf(JournalEntry entry, JournalField preferred, JournalField other) {
        final Value value = entry.get(preferred);
        return value.isThere() ? value : entry.get(other);
    }

    private void putTime(JournalEntry entry) {
        final Value time = firstOf(entry, JournalField.SENT_AT, JournalField.RECEIVED_AT);
        final long micros = Math.max(0, time.number());
        if (micros / MICROS != second) {
            second = micros / MICROS;
            secondText = TO_SECONDS.format(Instant.ofEpochSecond(second)).getBytes(StandardCharsets.US_ASCII);
        }
        put(secondText, secondText.length);
        long unit = MICROS / 10;
        for (long rest = micros % MICROS; unit > 0; rest %= unit, unit /= 10) {
            put((char) ('0' + rest / unit));
        }
        put('Z');
    }

    private void put(char character) {
        if (length == bytes.length) {
            cut = true;
        } else {
            bytes[length++] = (byte) character;
        }
    }

    private void put(Value value) {
        put(value.bytes(), Math.max(0, value.length()));
    }

    private void put(byte[] source, int count) {
        final int fits = Math.min(count, bytes.length - length);
        for (int i = 0; i < fits; i++) {
            bytes[length + i] = source[i] == '\n' || source[i] == '\r' ? (byte) ' ' : source[i];
        }
        length += fits;
        cut |= fits < count;
    }
}
