package org.ipspipeline.ips.match.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Runs token programs on lines. It tries what the regular expression would try, in the same order, so that the first way through
 * is the same; ways that are not worth their instructions end as {@link Verdict#UNSURE}. An instance serves one thread, allocates
 * nothing after it is made, and holds what was found until the next line.
 */
public final class TokenMatcher {

    /** How many instructions and bytes a line may take by default: far more than any sensible pair of line and expression. */
    public static final int DEFAULT_BUDGET = 200_000;

    private final int budget;
    private final AddressToken address = new AddressToken();
    private final ChoiceStack stack = new ChoiceStack();
    private int[] slots = new int[0];
    private int steps;
    private int resumedPc;
    private int resumedAt;
    private boolean cut;

    /**
     * Makes a matcher.
     *
     * @param budget how many instructions and bytes a line may take, at least 1
     */
    public TokenMatcher(int budget) {
        if (budget < 1) {
            throw new IllegalArgumentException("a budget of " + budget);
        }
        this.budget = budget;
    }

    /**
     * Matches a line.
     *
     * @param program the expression
     * @param bytes holds the line; little-endian, its position and limit are neither used nor moved
     * @param from the index of the line's first byte
     * @param to the index after its last byte
     * @return the verdict
     */
    public Verdict match(TokenProgram program, ByteBuffer bytes, int from, int to) {
        return match(program, bytes, from, to, false);
    }

    /**
     * Matches a line of which the end may be missing.
     *
     * @param program the expression
     * @param bytes holds the line; little-endian, its position and limit are neither used nor moved
     * @param from the index of the line's first byte
     * @param to the index after its last byte
     * @param endIsCut whether the line goes on after {@code to}, so that no {@code $} can match there
     * @return the verdict
     */
    public Verdict match(TokenProgram program, ByteBuffer bytes, int from, int to, boolean endIsCut) {
        if (bytes.order() != ByteOrder.LITTLE_ENDIAN) {
            throw new IllegalArgumentException("the buffer is big-endian");
        }
        steps = budget;
        cut = endIsCut;
        if (program.anchored) {
            return matchAt(program, bytes, from, from, to);
        }
        LiteralText start = program.start;
        for (int at = from; at <= to; at++) {
            if (start != null) {
                at = start.find(bytes, at, to);
                if (at < 0) {
                    return Verdict.NO_MATCH;
                }
            } else if (program.startSet != null) {
                while (at < to && program.startSet[bytes.get(at) & 0xFF] == 0) {
                    at++;
                }
                if (at == to) {
                    return Verdict.NO_MATCH;
                }
            }
            Verdict verdict = matchAt(program, bytes, from, at, to);
            if (verdict != Verdict.NO_MATCH) {
                return verdict;
            }
        }
        return Verdict.NO_MATCH;
    }

    /** {@return whether the line that matched has an address at the place where the expression asks for one} */
    public boolean hasAddress() {
        return address.isValid();
    }

    /** {@return the first half of the address of the line that matched} */
    public long high() {
        return address.high();
    }

    /** {@return the second half of the address of the line that matched} */
    public long low() {
        return address.low();
    }

    /** {@return where the address or name begins in the line that matched, -1 where it has none} */
    public int hostStart() {
        return address.start();
    }

    /** {@return the index after the address or name} */
    public int hostEnd() {
        return address.end();
    }

    /**
     * Finds the place of a named group in the line that matched, if the program was made with captures.
     *
     * @param group the group's number in the expression
     * @return the index of its first byte, -1 where the group took no part
     */
    public int start(int group) {
        return slot(2 * group);
    }

    /**
     * Finds the end of a named group in the line that matched, if the program was made with captures.
     *
     * @param group the group's number in the expression
     * @return the index after its last byte, -1 where the group took no part
     */
    public int end(int group) {
        return slot(2 * group + 1);
    }

    private int slot(int slot) {
        return slot < slots.length ? slots[slot] : -1;
    }

    private Verdict matchAt(TokenProgram program, ByteBuffer bytes, int from, int start, int to) {
        address.clear();
        stack.clear();
        if (program.slots > 0) {
            clearSlots(program.slots);
        }
        int[] code = program.code;
        int pc = 0;
        int at = start;
        int left = steps;
        while (true) {
            if (--left < 0) {
                return Verdict.OVER_BUDGET;
            }
            switch (code[pc]) {
                case Op.LITERAL -> {
                    LiteralText text = program.texts[code[pc + 1]];
                    if (text.isAt(bytes, at, to)) {
                        at += text.length();
                        pc += 2;
                        continue;
                    }
                }
                case Op.FOLDED -> {
                    LiteralText text = program.texts[code[pc + 1]];
                    if (text.isAtFolded(bytes, at, to)) {
                        at += text.length();
                        pc += 2;
                        continue;
                    }
                }
                case Op.ONE -> {
                    byte membership = at < to ? program.sets[code[pc + 1]].membership(bytes.get(at)) : 0;
                    if (membership == TokenProgram.DEPENDS) {
                        return Verdict.UNSURE;
                    }
                    if (membership == TokenProgram.MEMBER) {
                        at++;
                        pc += 2;
                        continue;
                    }
                }
                case Op.RUN, Op.WHOLE_RUN -> {
                    int end = program.sets[code[pc + 1]].endOfRun(code[pc + 3], bytes, at, to);
                    if (end == SetTable.UNDECIDED) {
                        return Verdict.UNSURE;
                    }
                    left -= (end - at) >> 3;
                    int least = at + code[pc + 2];
                    if (end >= least) {
                        if (code[pc] == Op.RUN && end > least && !stack.push(ChoiceStack.SHORTER_RUN, pc, end, least)) {
                            return Verdict.UNSURE;
                        }
                        at = end;
                        pc += 5;
                        continue;
                    }
                }
                case Op.LAZY_RUN -> {
                    int least = program.sets[code[pc + 1]].endOfRun(code[pc + 2], bytes, at, to);
                    if (least == SetTable.UNDECIDED) {
                        return Verdict.UNSURE;
                    }
                    if (least - at == code[pc + 2]) {
                        if (!stack.push(ChoiceStack.LONGER_RUN, pc, least, at)) {
                            return Verdict.UNSURE;
                        }
                        at = least;
                        pc += 5;
                        continue;
                    }
                }
                case Op.ADDRESS -> {
                    if (!stack.isEmpty() && !stack.push(ChoiceStack.FORGET_ADDRESS, 0, 0, 0)) {
                        return Verdict.UNSURE;
                    }
                    Verdict found = address.take(program.tags[code[pc + 1]], code[pc + 2], bytes, at, to);
                    pc += 3;
                    if (found == Verdict.UNSURE || (cut && address.next() == to)) {
                        return Verdict.UNSURE;
                    }
                    if (found == Verdict.MATCH) {
                        at = address.next();
                        if (pushOtherAddresses(pc)) {
                            continue;
                        }
                        return Verdict.UNSURE;
                    }
                }
                case Op.SPLIT -> {
                    if (!stack.push(ChoiceStack.GO_ON, code[pc + 1], at, 0)) {
                        return Verdict.UNSURE;
                    }
                    pc += 2;
                    continue;
                }
                case Op.JUMP -> {
                    pc = code[pc + 1];
                    continue;
                }
                case Op.SAVE -> {
                    int slot = code[pc + 1];
                    if (!stack.isEmpty() && !stack.push(ChoiceStack.RESTORE_SLOT, slot, slots[slot], 0)) {
                        return Verdict.UNSURE;
                    }
                    slots[slot] = at;
                    pc += 2;
                    continue;
                }
                case Op.MATCH -> {
                    return Verdict.MATCH;
                }
                default -> {
                    Verdict holds = condition(code[pc], bytes, from, at, to);
                    if (holds == Verdict.UNSURE) {
                        return holds;
                    }
                    if (holds == Verdict.MATCH) {
                        pc++;
                        continue;
                    }
                }
            }
            steps = left;
            Verdict back = goBack(program, bytes, to);
            if (back != Verdict.MATCH) {
                return back;
            }
            left = steps;
            pc = resumedPc;
            at = resumedAt;
        }
    }

    /** The bracket after the address may belong to what follows; other addresses are left to the regular expression. */
    private boolean pushOtherAddresses(int pc) {
        return (address.isOnly() || stack.push(ChoiceStack.GIVE_UP, 0, 0, 0))
                && (address.next() == address.end() || stack.push(ChoiceStack.GO_ON, pc, address.end(), 0));
    }

    /** Resumes the last choice that has something left: MATCH; without one NO_MATCH. */
    private Verdict goBack(TokenProgram program, ByteBuffer bytes, int to) {
        while (!stack.isEmpty()) {
            stack.pop();
            int pc = stack.pc();
            switch (stack.kind()) {
                case ChoiceStack.GO_ON -> {
                    resumedPc = pc;
                    resumedAt = stack.at();
                    return Verdict.MATCH;
                }
                case ChoiceStack.SHORTER_RUN -> {
                    if (shorten(program, bytes, pc, to)) {
                        return Verdict.MATCH;
                    }
                }
                case ChoiceStack.LONGER_RUN -> {
                    Verdict longer = lengthen(program, bytes, pc, to);
                    if (longer != Verdict.NO_MATCH) {
                        return longer;
                    }
                }
                case ChoiceStack.FORGET_ADDRESS -> address.clear();
                case ChoiceStack.RESTORE_SLOT -> slots[pc] = stack.at();
                default -> {
                    return Verdict.UNSURE;
                }
            }
        }
        return Verdict.NO_MATCH;
    }

    private boolean shorten(TokenProgram program, ByteBuffer bytes, int pc, int to) {
        int least = stack.limit();
        int end = stack.at() - 1;
        if (program.code[pc + 5] == Op.LITERAL) {
            end = program.texts[program.code[pc + 6]].findLast(bytes, least, end, to);
        }
        steps -= (stack.at() - Math.max(end, least)) >> 3;
        if (end < least) {
            return false;
        }
        if (end > least) {
            stack.push(ChoiceStack.SHORTER_RUN, pc, end, least);
        }
        resumedPc = pc + 5;
        resumedAt = end;
        return true;
    }

    private Verdict lengthen(TokenProgram program, ByteBuffer bytes, int pc, int to) {
        int[] code = program.code;
        SetTable set = program.sets[code[pc + 1]];
        int first = stack.limit();
        int end = stack.at();
        int most = (int) Math.min(to, (long) first + code[pc + 3]);
        int following = code[pc + 4];
        do {
            if (end >= most) {
                return Verdict.NO_MATCH;
            }
            byte membership = set.membership(bytes.get(end));
            if (membership != TokenProgram.MEMBER) {
                return membership == TokenProgram.DEPENDS ? Verdict.UNSURE : Verdict.NO_MATCH;
            }
            end++;
        } while (following >= 0 && end < to && (bytes.get(end) & 0xFF) != following);
        steps -= (end - stack.at()) >> 3;
        stack.push(ChoiceStack.LONGER_RUN, pc, end, first);
        resumedPc = pc + 5;
        resumedAt = end;
        return Verdict.MATCH;
    }

    private Verdict condition(int op, ByteBuffer bytes, int from, int at, int to) {
        return switch (op) {
            case Op.START -> verdict(at == from);
            case Op.END -> verdict(!cut && (at == to || (at == to - 1 && bytes.get(at) == '\n')));
            case Op.VERY_END -> verdict(!cut && at == to);
            default -> {
                byte before = at > from ? bytes.get(at - 1) : 0;
                byte after = at < to ? bytes.get(at) : 0;
                if (before < 0 || after < 0 || (cut && at == to)) {
                    yield Verdict.UNSURE;
                }
                boolean boundary = AddressShape.isWordByte(before) != AddressShape.isWordByte(after);
                yield verdict(boundary == (op == Op.WORD_BOUNDARY));
            }
        };
    }

    private static Verdict verdict(boolean holds) {
        return holds ? Verdict.MATCH : Verdict.NO_MATCH;
    }

    private void clearSlots(int count) {
        if (slots.length < count) {
            slots = new int[count];
        }
        Arrays.fill(slots, -1);
    }
}
