package org.ipspipeline.ips.match.program;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.ipspipeline.ips.match.syntax.ByteSet;
import org.ipspipeline.ips.match.syntax.RegexNode;
import org.ipspipeline.ips.match.syntax.RegexNode.Mode;
import org.jspecify.annotations.Nullable;

/** Writes the instructions for an expression. */
final class TokenCompiler {

    /** A part is written down so many times at most; more of it is left to the regular expression. */
    private static final int MOST_COPIES = 12;

    private static final int MOST_INSTRUCTIONS = 4096;

    private final TokenCode code = new TokenCode();
    private final boolean captures;
    private boolean hasAddress;

    private TokenCompiler(boolean captures) {
        this.captures = captures;
    }

    static @Nullable TokenProgram compile(RegexNode tree, boolean captures, boolean unicode) {
        TokenCompiler compiler = new TokenCompiler(captures);
        if (!compiler.write(tree)) {
            return null;
        }
        compiler.code.add(Op.MATCH);
        return new TokenProgram(compiler.code, unicode);
    }

    /** False where the part cannot be written. */
    private boolean write(RegexNode node) {
        if (code.size() > MOST_INSTRUCTIONS) {
            return false;
        }
        if (node instanceof RegexNode.Sequence sequence) {
            return writeSequence(sequence.parts());
        }
        if (node instanceof RegexNode.Literal || node instanceof RegexNode.OneOf) {
            return writeSequence(List.of(node));
        }
        if (node instanceof RegexNode.Choice choice) {
            return writeChoice(choice.parts());
        }
        if (node instanceof RegexNode.Repeat repeat) {
            return writeRepeat(repeat);
        }
        if (node instanceof RegexNode.Capture capture) {
            return writeCapture(capture);
        }
        if (node instanceof RegexNode.Address address) {
            boolean first = !hasAddress;
            hasAddress = true;
            code.add(Op.ADDRESS, code.addTag(address.tag()), 0);
            return first;
        }
        if (node instanceof RegexNode.Assertion assertion) {
            code.add(
                    switch (assertion.kind()) {
                        case START -> Op.START;
                        case END -> Op.END;
                        case VERY_END -> Op.VERY_END;
                        case WORD_BOUNDARY -> Op.WORD_BOUNDARY;
                        case NO_WORD_BOUNDARY -> Op.NO_WORD_BOUNDARY;
                    });
            return true;
        }
        return false;
    }

    /** Neighbouring literals become one text, in either case where there are letters of which both cases match. */
    private boolean writeSequence(List<RegexNode> parts) {
        int i = 0;
        while (i < parts.size()) {
            int end = endOfText(parts, i, false);
            int endOfFolded = endOfText(parts, i, true);
            if (Math.max(end, endOfFolded) > i) {
                boolean folded = endOfFolded > end;
                int to = folded ? endOfFolded : end;
                code.add(folded ? Op.FOLDED : Op.LITERAL, code.addText(text(parts.subList(i, to))));
                i = to;
                continue;
            }
            if (parts.get(i) instanceof RegexNode.OneOf oneOf) {
                code.add(Op.ONE, code.addSet(oneOf.set(), true));
            } else if (!write(parts.get(i))) {
                return false;
            }
            i++;
        }
        return true;
    }

    private static int endOfText(List<RegexNode> parts, int from, boolean folded) {
        int end = from;
        while (end < parts.size() && (folded ? foldedByte(parts.get(end)) : exactByte(parts.get(end))) >= 0) {
            end++;
        }
        return end;
    }

    private static int exactByte(RegexNode node) {
        return node instanceof RegexNode.Literal literal ? literal.value() & 0xFF : -1;
    }

    /** The lower case of a letter of which both cases match, a byte that is no letter, or -1. */
    private static int foldedByte(RegexNode node) {
        int exact = exactByte(node);
        if (exact >= 0) {
            return exact < 128 && Character.isLetter(exact) ? -1 : exact;
        }
        return node instanceof RegexNode.OneOf oneOf ? letterInBothCases(oneOf.set()) : -1;
    }

    private static int letterInBothCases(ByteSet set) {
        if (set.beyond() == ByteSet.Beyond.NONE && set.asciiSize() == 2) {
            for (int lower = 'a'; lower <= 'z'; lower++) {
                if (set.mayContain(lower) && set.mayContain(lower ^ 0x20)) {
                    return lower;
                }
            }
        }
        return -1;
    }

    private static byte[] text(List<RegexNode> parts) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (RegexNode part : parts) {
            int exact = exactByte(part);
            text.write(exact >= 0 ? exact : foldedByte(part));
        }
        return text.toByteArray();
    }

    private boolean writeChoice(List<RegexNode> parts) {
        int[] jumps = new int[parts.size() - 1];
        for (int i = 0; i < jumps.length; i++) {
            int split = code.size();
            code.add(Op.SPLIT, 0);
            if (!write(parts.get(i))) {
                return false;
            }
            jumps[i] = code.size();
            code.add(Op.JUMP, 0);
            code.patch(split + 1, code.size());
        }
        if (!write(parts.get(jumps.length))) {
            return false;
        }
        for (int jump : jumps) {
            code.patch(jump + 1, code.size());
        }
        return true;
    }

    private boolean writeCapture(RegexNode.Capture capture) {
        if (!captures || capture.name() == null) {
            return write(capture.part());
        }
        int slot = 2 * capture.index();
        code.useSlot(slot + 1);
        code.add(Op.SAVE, slot);
        if (!write(capture.part())) {
            return false;
        }
        code.add(Op.SAVE, slot + 1);
        return true;
    }

    private boolean writeRepeat(RegexNode.Repeat repeat) {
        ByteSet set = characters(repeat.part());
        if (set != null) {
            boolean uncounted = repeat.min() <= 1 && repeat.max() == RegexNode.UNBOUNDED;
            int op = switch (repeat.mode()) {
                case GREEDY -> Op.RUN;
                case LAZY -> Op.LAZY_RUN;
                case POSSESSIVE -> Op.WHOLE_RUN;
            };
            code.add(op, code.addSet(set, !uncounted), repeat.min(), repeat.max(), -1);
            return true;
        }
        boolean bounded = repeat.max() != RegexNode.UNBOUNDED;
        int copies = bounded ? repeat.max() : repeat.min();
        // An unbounded loop around what may be empty would need a guard of its own.
        if (repeat.mode() == Mode.POSSESSIVE || copies > MOST_COPIES || (!bounded && mayBeEmpty(repeat.part()))) {
            return false;
        }
        for (int i = 0; i < repeat.min(); i++) {
            if (!write(repeat.part())) {
                return false;
            }
        }
        return bounded ? writeOptional(repeat, repeat.max() - repeat.min()) : writeLoop(repeat);
    }

    private static @Nullable ByteSet characters(RegexNode part) {
        if (part instanceof RegexNode.OneOf oneOf) {
            return oneOf.set();
        }
        int exact = exactByte(part);
        return exact >= 0 && exact < 128 ? ByteSet.of(c -> c == exact, ByteSet.Beyond.NONE) : null;
    }

    private boolean writeOptional(RegexNode.Repeat repeat, int times) {
        int[] splits = new int[times];
        for (int i = 0; i < times; i++) {
            splits[i] = writeSplit(repeat.mode());
            if (!write(repeat.part())) {
                return false;
            }
        }
        for (int split : splits) {
            code.patch(split, code.size());
        }
        return true;
    }

    private boolean writeLoop(RegexNode.Repeat repeat) {
        int loop = code.size();
        int exit = writeSplit(repeat.mode());
        if (!write(repeat.part()) || code.remembersSince(loop)) {
            return false;
        }
        code.add(Op.JUMP, loop);
        code.patch(exit, code.size());
        return true;
    }

    /** Returns the place of the word that is to hold where to go on without the part. */
    private int writeSplit(Mode mode) {
        if (mode == Mode.GREEDY) {
            code.add(Op.SPLIT, 0);
            return code.size() - 1;
        }
        // SPLIT prefers what comes next: for a lazy part that is the jump past it.
        int split = code.size();
        code.add(Op.SPLIT, split + Op.size(Op.SPLIT) + Op.size(Op.JUMP), Op.JUMP, 0);
        return code.size() - 1;
    }

    private static boolean mayBeEmpty(RegexNode node) {
        if (node instanceof RegexNode.Sequence sequence) {
            return sequence.parts().stream().allMatch(TokenCompiler::mayBeEmpty);
        }
        if (node instanceof RegexNode.Choice choice) {
            return choice.parts().stream().anyMatch(TokenCompiler::mayBeEmpty);
        }
        if (node instanceof RegexNode.Repeat repeat) {
            return repeat.min() == 0 || mayBeEmpty(repeat.part());
        }
        if (node instanceof RegexNode.Capture capture) {
            return mayBeEmpty(capture.part());
        }
        return node instanceof RegexNode.Assertion || node instanceof RegexNode.Unknown;
    }
}
