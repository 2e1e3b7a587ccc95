package org.ipspipeline.ips.source.syslog;

import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.stream.LineCollector;

/**
 * Makes a line of a message, as a syslog daemon writes it into a file.
 *
 * <ul>
 *   <li>RFC 3164, {@code <34>Oct 11 22:14:15 host su[1]: text}: all behind the priority. So it is with what has no priority.
 *   <li>RFC 5424, {@code <34>1 2026-11-24T10:00:00Z host su 1 ID47 [structured data] text}:
 *       {@code 2026-11-24T10:00:00Z host su[1]: text}.
 * </ul>
 *
 * <p>Line ends and zero bytes at the end go; inside they become blanks, so that nobody forges a line inside another. Not
 * thread-safe, allocates nothing.
 */
final class SyslogMessage {

    private static final int LONGEST_PRIORITY = 3;
    private static final int BYTE_ORDER_MARK = 3;

    private final LineCollector lines;
    private final SourceMeter meter;
    private final byte[] line;
    private int length;
    private boolean cut;

    SyslogMessage(LineCollector lines, SourceMeter meter, int maxLineLength) {
        this.lines = lines;
        this.meter = meter;
        this.line = new byte[maxLineLength];
    }

    /**
     * Gives the line of a message; none of an empty one.
     *
     * @param message holds it
     * @param size its bytes
     * @throws InterruptedException if the thread is asked to end while it waits for room
     */
    void take(byte[] message, int size) throws InterruptedException {
        int end = size;
        while (end > 0 && isLineEnd(message[end - 1])) {
            end--;
        }
        length = 0;
        cut = false;
        final int start = behindPriority(message, end);
        if (!isVersion1(message, start, end) || !put5424(message, start + 2, end)) {
            length = 0;
            cut = false;
            put(message, start, end);
        }
        if (length > 0) {
            meter.cut(cut ? 1 : 0);
            lines.add(line, length);
        }
    }

    private static int behindPriority(byte[] message, int end) {
        if (end == 0 || message[0] != '<') {
            return 0;
        }
        int at = 1;
        while (at < end && at <= LONGEST_PRIORITY && message[at] >= '0' && message[at] <= '9') {
            at++;
        }
        return at > 1 && at < end && message[at] == '>' ? at + 1 : 0;
    }

    private static boolean isVersion1(byte[] message, int start, int end) {
        return start > 0 && start + 1 < end && message[start] == '1' && message[start + 1] == ' ';
    }

    /** False if it is no such message after all. */
    private boolean put5424(byte[] message, int start, int end) {
        final int host = behindWord(message, start, end);
        final int program = behindWord(message, host, end);
        final int process = behindWord(message, program, end);
        final int id = behindWord(message, process, end);
        final int data = behindWord(message, id, end);
        final int text = behindStructuredData(message, data, end);
        if (text < 0) {
            return false;
        }
        if (!isNil(message, start, host)) {
            put(message, start, host);
        }
        put(message, host, program);
        put(message, program, process - 1);
        if (!isNil(message, process, id)) {
            put('[');
            put(message, process, id - 1);
            put(']');
        }
        put(':');
        put(' ');
        put(message, behindMark(message, text, end), end);
        return true;
    }

    /** The index behind a word and its blank; -1 if there is no blank, or was none before. */
    private static int behindWord(byte[] message, int start, int end) {
        for (int at = start; at >= 0 && at < end; at++) {
            if (message[at] == ' ') {
                return at + 1;
            }
        }
        return -1;
    }

    private static boolean isNil(byte[] message, int start, int behind) {
        return behind - start == 2 && message[start] == '-';
    }

    private static int behindStructuredData(byte[] message, int start, int end) {
        if (start < 0 || start >= end) {
            return -1;
        }
        int at = start;
        if (message[at] == '-') {
            at++;
        } else if (message[at] != '[') {
            return -1;
        }
        while (at > 0 && at < end && message[at] == '[') {
            at = behindElement(message, at, end);
        }
        if (at == end) {
            return end;
        }
        return at > 0 && message[at] == ' ' ? at + 1 : -1;
    }

    private static int behindElement(byte[] message, int start, int end) {
        boolean quoted = false;
        for (int at = start; at < end; at++) {
            if (message[at] == '\\' && quoted) {
                at++;
            } else if (message[at] == '"') {
                quoted = !quoted;
            } else if (message[at] == ']' && !quoted) {
                return at + 1;
            }
        }
        return -1;
    }

    /** rsyslog puts a blank of its own in front of a text. */
    private static int behindMark(byte[] message, int start, int end) {
        int text = start;
        while (text < end && message[text] == ' ') {
            text++;
        }
        final boolean marked = end - text >= BYTE_ORDER_MARK
                && message[text] == (byte) 0xEF
                && message[text + 1] == (byte) 0xBB
                && message[text + 2] == (byte) 0xBF;
        return marked ? text + BYTE_ORDER_MARK : text;
    }

    private void put(char character) {
        if (length == line.length) {
            cut = true;
        } else {
            line[length++] = (byte) character;
        }
    }

    private void put(byte[] message, int from, int to) {
        for (int at = from; at < to; at++) {
            put(isLineEnd(message[at]) ? ' ' : (char) (message[at] & 0xFF));
        }
    }

    private static boolean isLineEnd(byte value) {
        return value == '\n' || value == '\r' || value == 0;
    }
}
