package org.ipspipeline.ips.match.program;

import java.util.BitSet;
import org.ipspipeline.ips.match.syntax.ByteSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what can come next after each instruction, and so which runs and addresses never have to be given up for shorter
 * ones: a run of what cannot come next ends where it has to end.
 */
final class TokenAnalysis {

    private static final ByteSet NOTHING = ByteSet.of("");
    private static final ByteSet NEWLINE = ByteSet.of("\n");

    private final int[] code;
    private final TokenCode uses;

    /** What {@link #collect} gathers. */
    private ByteSet next = NOTHING;

    private boolean mayMatch;

    /** Whether a match may end behind an assertion, which may hold after a shorter run though not after the longest. */
    private boolean mayAssertLast;

    private boolean asserted;
    private boolean mayEnd;

    TokenAnalysis(int[] code, TokenCode uses) {
        this.code = code;
        this.uses = uses;
    }

    /** Fills in the operands and instructions that depend on what follows. */
    void refine() {
        for (int pc = 0; pc < code.length; pc += Op.size(code[pc])) {
            int following = pc + Op.size(code[pc]);
            switch (code[pc]) {
                case Op.RUN, Op.LAZY_RUN, Op.WHOLE_RUN -> {
                    gather(following);
                    if (code[pc] == Op.RUN && !mayAssertLast && next.isDisjoint(uses.set(code[pc + 1]))) {
                        code[pc] = Op.WHOLE_RUN;
                    }
                    code[pc + 4] = code[following] == Op.LITERAL
                            ? uses.text(code[following + 1]).first()
                            : -1;
                }
                case Op.ADDRESS -> {
                    gather(following);
                    code[pc + 2] = mayMatch ? 0 : addressLimits();
                }
                default -> {}
            }
        }
    }

    private int addressLimits() {
        return (next.isDisjoint(AddressShape.ANY) ? AddressToken.NOTHING_OF_IT_FOLLOWS : 0)
                | (next.isDisjoint(AddressShape.NAME) ? AddressToken.NO_NAME_FOLLOWS : 0)
                | (next.isDisjoint(AddressShape.IPV6) ? AddressToken.NO_IPV6_FOLLOWS : 0)
                | (next.isDisjoint(AddressShape.IPV4_END) ? AddressToken.NO_DIGIT_FOLLOWS : 0);
    }

    /** Whether every way through the program asks for the line's start before it takes a byte. */
    boolean isAnchored() {
        return isAnchored(0);
    }

    private boolean isAnchored(int pc) {
        return switch (code[pc]) {
            case Op.START -> true;
            case Op.SAVE -> isAnchored(pc + Op.size(Op.SAVE));
            // Only forward: a loop's body takes a byte first.
            case Op.JUMP -> code[pc + 1] > pc && isAnchored(code[pc + 1]);
            case Op.SPLIT -> isAnchored(pc + Op.size(Op.SPLIT)) && code[pc + 1] > pc && isAnchored(code[pc + 1]);
            default -> false;
        };
    }

    /** The bytes that a match may begin with, null where it may be empty. */
    byte @Nullable [] startSet(boolean unicode) {
        gather(0);
        if (unicode) {
            next = next.or(ByteSet.of(c -> false, ByteSet.Beyond.SOME));
        }
        return mayMatch || mayEnd ? null : next.table(TokenProgram.MEMBER, TokenProgram.MEMBER, TokenProgram.MEMBER);
    }

    private void gather(int pc) {
        next = NOTHING;
        mayMatch = false;
        mayAssertLast = false;
        asserted = false;
        mayEnd = false;
        collect(pc, new BitSet());
    }

    private void collect(int pc, BitSet seen) {
        if (seen.get(pc)) {
            return;
        }
        seen.set(pc);
        int following = pc + Op.size(code[pc]);
        switch (code[pc]) {
            case Op.MATCH -> {
                mayMatch = true;
                mayAssertLast |= asserted;
            }
            case Op.LITERAL -> add(single(uses.text(code[pc + 1]).first()));
            case Op.FOLDED -> add(single(uses.text(code[pc + 1]).first()).ignoringCase());
            case Op.ONE -> add(uses.set(code[pc + 1]));
            case Op.RUN, Op.WHOLE_RUN, Op.LAZY_RUN -> {
                if (code[pc + 3] > 0) {
                    add(uses.set(code[pc + 1]));
                }
                if (code[pc + 2] == 0) {
                    collect(following, seen);
                }
            }
            case Op.ADDRESS -> add(AddressShape.ANY);
            case Op.SPLIT -> {
                collect(following, seen);
                collect(code[pc + 1], seen);
            }
            case Op.JUMP -> collect(code[pc + 1], seen);
            // Nothing but a last newline can come after the end.
            case Op.END, Op.VERY_END -> {
                mayEnd = true;
                add(NEWLINE);
            }
            case Op.SAVE -> collect(following, seen);
            default -> {
                asserted = true;
                collect(following, seen);
            }
        }
    }

    private void add(ByteSet set) {
        next = next.or(set);
    }

    private static ByteSet single(int value) {
        return value < 128
                ? ByteSet.of(c -> c == value, ByteSet.Beyond.NONE)
                : ByteSet.of(c -> false, ByteSet.Beyond.SOME);
    }
}
