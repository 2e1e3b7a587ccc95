package org.ipspipeline.ips.source.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** One entry, as far as a line is made of it. Used again for the next; allocates only for longer values than ever before. */
final class JournalEntry {

    private static final int USUAL_LENGTH = 128;

    private final Map<JournalField, Value> values = new EnumMap<>(JournalField.class);

    JournalEntry() {
        for (JournalField field : JournalField.values()) {
            values.put(field, new Value());
        }
    }

    /** Forgets all fields. */
    void clear() {
        for (Value value : values.values()) {
            value.length = -1;
        }
    }

    /** The value of a field. */
    Value get(JournalField field) {
        final Value value = values.get(field);
        if (value == null) {
            throw new AssertionError("no place for " + field);
        }
        return value;
    }

    /** The bytes of a field. */
    static final class Value {

        private byte[] bytes = new byte[USUAL_LENGTH];
        private int length = -1;

        /** Whether the entry has the field. */
        boolean isThere() {
            return length >= 0;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        /** Takes bytes over; of a field that an entry has twice, the last value counts. */
        void set(byte[] source, int offset, int newLength) {
            if (bytes.length < newLength) {
                bytes = new byte[newLength + newLength / 2];
            }
            System.arraycopy(source, offset, bytes, 0, newLength);
            length = newLength;
        }

        /** The value as a decimal number; -1 if it is none. */
        long number() {
            long number = length < 1 || length > 18 ? -1 : 0;
            for (int i = 0; i < length && number >= 0; i++) {
                final int digit = bytes[i] - '0';
                number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
            }
            return number;
        }

        String text() {
            return length < 0 ? "" : new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
        }
    }
}
