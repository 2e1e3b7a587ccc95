package org.ipspipeline.ips.source.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads entries in systemd's Journal Export Format: a field is {@code NAME=VALUE} and a newline, or its name and a newline, eight
 * bytes of length, the value and a newline, when the value holds newlines or bytes that are no text. An empty line ends an
 * entry. Not thread-safe.
 */
final class ExportReader {

    private static final int BUFFER = 64 * 1024;

    private final InputStream from;
    private final byte[] buffer = new byte[BUFFER];
    /** A line, or the value of a field, up to what is kept of it. */
    private final byte[] kept;

    private int at;
    private int end;

    /**
     * Reads from a stream.
     *
     * @param from the output of journalctl
     * @param maxValueLength bytes of a value that are kept
     */
    ExportReader(InputStream from, int maxValueLength) {
        this.from = from;
        // A line holds a name too, of 64 characters at most.
        this.kept = new byte[maxValueLength + 128];
    }

    /** Whether the next entry has come, or a part of it, so that asking for it waits for little. */
    boolean hasMore() {
        return at < end;
    }

    /**
     * Reads the next entry; waits for it.
     *
     * @param entry gets its fields
     * @return false at the end of the stream; what was begun of an entry then is not given
     * @throws IOException if reading fails, or the stream is in no such format
     */
    boolean next(JournalEntry entry) throws IOException {
        entry.clear();
        boolean begun = false;
        try {
            while (true) {
                final int length = readLine();
                if (length == 0 && begun) {
                    return true;
                }
                if (length > 0) {
                    begun = true;
                    takeField(entry, Math.min(length, kept.length));
                }
            }
        } catch (EOFException e) {
            return false;
        }
    }

    private void takeField(JournalEntry entry, int length) throws IOException {
        int equals = 0;
        while (equals < length && kept[equals] != '=') {
            equals++;
        }
        final JournalField field = JournalField.named(kept, equals);
        if (equals < length) {
            if (field != null) {
                entry.get(field).set(kept, equals + 1, length - equals - 1);
            }
            return;
        }
        final int taken = readSized();
        if (field != null) {
            entry.get(field).set(kept, 0, taken);
        }
    }

    /** Reads up to the next newline, which is not kept; returns the whole length. */
    private int readLine() throws IOException {
        int length = 0;
        for (byte next = readByte(); next != '\n'; next = readByte()) {
            if (length < kept.length) {
                kept[length] = next;
            }
            length = length == Integer.MAX_VALUE ? length : length + 1;
        }
        return length;
    }

    private int readSized() throws IOException {
        long length = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            length |= (readByte() & 0xFFL) << (i * Byte.SIZE);
        }
        if (length < 0) {
            throw new IOException("journalctl gave a field of " + Long.toUnsignedString(length) + " bytes");
        }
        for (long i = 0; i < length; i++) {
            final byte next = readByte();
            if (i < kept.length) {
                kept[(int) i] = next;
            }
        }
        if (readByte() != '\n') {
            throw new IOException("journalctl gave a field that is longer than it says");
        }
        return (int) Math.min(length, kept.length);
    }

    private byte readByte() throws IOException {
        if (at == end) {
            end = from.read(buffer);
            at = 0;
            if (end < 0) {
                end = 0;
                throw new EOFException();
            }
        }
        return buffer[at++];
    }
}
