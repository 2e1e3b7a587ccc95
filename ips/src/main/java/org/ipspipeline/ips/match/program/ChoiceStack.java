package org.ipspipeline.ips.match.program;

/** What is left to try, and what is to be undone on the way back to it. Of fixed size. */
final class ChoiceStack {

    /** Go on at another instruction. */
    static final int GO_ON = 0;
    /** Let a run end earlier, but not before the limit. */
    static final int SHORTER_RUN = 1;
    /** Let a run, which began at the limit, end later. */
    static final int LONGER_RUN = 2;
    /** The address was read after this. */
    static final int FORGET_ADDRESS = 3;
    /** A slot had another value before. */
    static final int RESTORE_SLOT = 4;
    /** There are ways left that a program does not try. */
    static final int GIVE_UP = 5;

    private static final int WORDS = 4;
    private static final int ENTRIES = 1024;

    private final int[] entries = new int[ENTRIES * WORDS];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** False where there is no room. */
    boolean push(int kind, int pc, int at, int limit) {
        if (size == entries.length) {
            return false;
        }
        entries[size] = kind;
        entries[size + 1] = pc;
        entries[size + 2] = at;
        entries[size + 3] = limit;
        size += WORDS;
        return true;
    }

    /** Takes the last entry off; the other methods speak of it until the next push. */
    void pop() {
        size -= WORDS;
    }

    int kind() {
        return entries[size];
    }

    int pc() {
        return entries[size + 1];
    }

    int at() {
        return entries[size + 2];
    }

    int limit() {
        return entries[size + 3];
    }
}
