package org.ipspipeline.ips.match.program;

/**
 * The instructions of a token program. Each is followed by its operands; execution goes on after them, unless said otherwise.
 *
 * <pre>
 *   MATCH                              the line matches
 *   LITERAL text                       these bytes
 *   FOLDED text                        these bytes, ASCII letters in either case
 *   ONE set                            one character
 *   RUN set min max following          as many characters as there are; fewer when what follows fails (following: the byte that
 *                                      must come next, or -1)
 *   WHOLE_RUN set min max following    as many characters as there are, never fewer
 *   LAZY_RUN set min max following     as few characters as possible; more when what follows fails
 *   ADDRESS tag limits                 an address; limits: of what it has, what cannot follow it
 *   SPLIT other                        goes on here; at other when that fails
 *   JUMP there                         goes on there
 *   SAVE slot                          remembers the place
 *   START END VERY_END WORD_BOUNDARY NO_WORD_BOUNDARY   a condition on the place
 * </pre>
 */
final class Op {

    static final int MATCH = 0;
    static final int LITERAL = 1;
    static final int FOLDED = 2;
    static final int ONE = 3;
    static final int RUN = 4;
    static final int WHOLE_RUN = 5;
    static final int LAZY_RUN = 6;
    static final int ADDRESS = 7;
    static final int SPLIT = 8;
    static final int JUMP = 9;
    static final int SAVE = 10;
    static final int START = 11;
    static final int END = 12;
    static final int VERY_END = 13;
    static final int WORD_BOUNDARY = 14;
    static final int NO_WORD_BOUNDARY = 15;

    /** The size of each instruction, operands included. */
    private static final int[] SIZES = {1, 2, 2, 2, 5, 5, 5, 3, 2, 2, 2, 1, 1, 1, 1, 1};

    private Op() {}

    static int size(int op) {
        return SIZES[op];
    }
}
