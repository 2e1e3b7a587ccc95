package org.ipspipeline.ips.match.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.ByteSet;

/** The instructions of a program that is being written, and the texts and sets that they speak of. */
final class TokenCode {

    private static final int ALL_BUT_NEWLINE = 127;

    private int[] code = new int[64];
    private int size;
    private int slots;
    private final List<LiteralText> texts = new ArrayList<>();
    private final List<AddressTag> tags = new ArrayList<>();
    private final List<SetUse> sets = new ArrayList<>();

    /** A set, and whether bytes beyond ASCII are to be counted as characters where it is used. */
    private record SetUse(ByteSet set, boolean exactCount) {}

    int size() {
        return size;
    }

    void add(int... words) {
        if (size + words.length > code.length) {
            code = Arrays.copyOf(code, code.length * 2);
        }
        System.arraycopy(words, 0, code, size, words.length);
        size += words.length;
    }

    void patch(int at, int word) {
        code[at] = word;
    }

    void useSlot(int slot) {
        slots = Math.max(slots, slot + 1);
    }

    /** Whether an instruction at or after {@code from} remembers a place or an address. */
    boolean remembersSince(int from) {
        for (int pc = from; pc < size; pc += Op.size(code[pc])) {
            if (code[pc] == Op.SAVE || code[pc] == Op.ADDRESS) {
                return true;
            }
        }
        return false;
    }

    int addTag(AddressTag tag) {
        tags.add(tag);
        return tags.size() - 1;
    }

    int addText(byte[] bytes) {
        texts.add(new LiteralText(bytes));
        return texts.size() - 1;
    }

    int addSet(ByteSet set, boolean exactCount) {
        SetUse use = new SetUse(set, exactCount);
        int known = sets.indexOf(use);
        if (known >= 0) {
            return known;
        }
        sets.add(use);
        return sets.size() - 1;
    }

    ByteSet set(int index) {
        return sets.get(index).set();
    }

    LiteralText text(int index) {
        return texts.get(index);
    }

    int[] instructions() {
        return Arrays.copyOf(code, size);
    }

    AddressTag[] tags() {
        return tags.toArray(new AddressTag[0]);
    }

    LiteralText[] texts() {
        return texts.toArray(new LiteralText[0]);
    }

    /** A character beyond ASCII has several bytes: where characters are counted, a byte of one cannot be judged alone. */
    SetTable[] sets(boolean unicode) {
        return sets.stream().map(use -> new SetTable(table(use, unicode))).toArray(SetTable[]::new);
    }

    private static byte[] table(SetUse use, boolean unicode) {
        boolean any = use.set().beyond() == ByteSet.Beyond.ALL && use.set().asciiSize() >= ALL_BUT_NEWLINE;
        if (unicode && !any) {
            ByteSet open = use.set().or(ByteSet.of(c -> false, ByteSet.Beyond.SOME));
            return open.table(TokenProgram.MEMBER, TokenProgram.DEPENDS, TokenProgram.DEPENDS);
        }
        byte all = use.exactCount() ? TokenProgram.DEPENDS : TokenProgram.MEMBER;
        return use.set().table(TokenProgram.MEMBER, TokenProgram.DEPENDS, all);
    }

    int slots() {
        return slots;
    }
}
