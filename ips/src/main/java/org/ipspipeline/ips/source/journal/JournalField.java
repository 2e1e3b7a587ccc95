package org.ipspipeline.ips.source.journal;

import org.jspecify.annotations.Nullable;

/** The fields of an entry that a line is made of. */
enum JournalField {
    CURSOR("__CURSOR"),
    RECEIVED_AT("__REALTIME_TIMESTAMP"),
    SENT_AT("_SOURCE_REALTIME_TIMESTAMP"),
    HOST("_HOSTNAME"),
    IDENTIFIER("SYSLOG_IDENTIFIER"),
    PROGRAM("_COMM"),
    SENDERS_PROCESS("SYSLOG_PID"),
    PROCESS("_PID"),
    MESSAGE("MESSAGE");

    private static final JournalField[] ALL = values();

    private final String label;

    JournalField(String label) {
        this.label = label;
    }

    /** The name in the journal. */
    String label() {
        return label;
    }

    /** Whether journalctl gives it without being asked to. */
    boolean isAlwaysThere() {
        return label.startsWith("__");
    }

    /** The field with this name; null for one that no line needs. */
    static @Nullable JournalField named(byte[] source, int length) {
        for (JournalField field : ALL) {
            if (field.isNamed(source, length)) {
                return field;
            }
        }
        return null;
    }

    private boolean isNamed(byte[] source, int length) {
        if (label.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (label.charAt(i) != source[i]) {
                return false;
            }
        }
        return true;
    }
}
