package org.ipspipeline.ips.match.program;

import java.util.List;

/** Writes a program down for people. */
final class Listing {

    private static final List<String> NAMES = List.of(
            "MATCH",
            "LITERAL",
            "FOLDED",
            "ONE",
            "RUN",
            "WHOLE_RUN",
            "LAZY_RUN",
            "ADDRESS",
            "SPLIT",
            "JUMP",
            "SAVE",
            "START",
            "END",
            "VERY_END",
            "WORD_BOUNDARY",
            "NO_WORD_BOUNDARY");

    private Listing() {}

    static String of(TokenProgram program) {
        StringBuilder text = new StringBuilder();
        int[] code = program.code;
        for (int pc = 0; pc < code.length; pc += Op.size(code[pc])) {
            text.append(String.format("%4d %s", pc, NAMES.get(code[pc])));
            if (code[pc] == Op.LITERAL || code[pc] == Op.FOLDED) {
                text.append(" '").append(program.texts[code[pc + 1]]).append('\'');
            } else {
                for (int i = 1; i < Op.size(code[pc]); i++) {
                    text.append(' ').append(code[pc + i]);
                }
            }
            text.append('\n');
        }
        return text.toString();
    }
}
