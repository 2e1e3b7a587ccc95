package org.ipspipeline.ips.match.syntax;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rarest literals that every match of an expression holds. Each part of the expression is described in two ways: by all the
 * texts that it can match, where these are few ({@code exact}), and by the best set of literals of which each of its matches holds
 * one ({@code best}). In a sequence the exact texts of neighbours are joined for as long as they stay few.
 */
public final class MandatoryLiterals {

    private static final int MAX_LENGTH = 48;

    /** Sets of more characters are not spelled out. */
    private static final int MAX_CHARACTERS = 4;

    /** Literals that tell less than this stand in every other line: about three letters. */
    private static final double LEAST_RARITY = 13;

    private MandatoryLiterals() {}

    /**
     * Finds the literals.
     *
     * @param tree an expression
     * @return literals of which every line that matches holds one, null where there are none of use
     */
    public static @Nullable Needles of(RegexNode tree) {
        LiteralChoice best = describe(tree).best();
        return best == null || best.rarity() < LEAST_RARITY ? null : best.needles();
    }

    /** What is known of a part: {@code exact} is null where it can match too many texts, {@code best} where nothing is sure. */
    private record Description(
            @Nullable Set<Text> exact, @Nullable LiteralChoice best) {

        static final Description NOTHING_KNOWN = new Description(null, null);
        static final Description EMPTY_TEXT = new Description(Set.of(Text.EMPTY), null);

        static Description ofTexts(Set<Text> texts) {
            return new Description(texts, LiteralChoice.of(texts));
        }
    }

    private static Description describe(RegexNode node) {
        if (node instanceof RegexNode.Literal literal) {
            return Description.ofTexts(Set.of(Text.of(literal.value())));
        }
        if (node instanceof RegexNode.OneOf oneOf) {
            return describe(oneOf.set());
        }
        if (node instanceof RegexNode.Capture capture) {
            return describe(capture.part());
        }
        if (node instanceof RegexNode.Sequence sequence) {
            return describeSequence(sequence.parts());
        }
        if (node instanceof RegexNode.Choice choice) {
            return describeChoice(choice.parts());
        }
        if (node instanceof RegexNode.Repeat repeat) {
            return describe(repeat);
        }
        return node instanceof RegexNode.Assertion ? Description.EMPTY_TEXT : Description.NOTHING_KNOWN;
    }

    private static Description describe(ByteSet set) {
        if (set.beyond() != ByteSet.Beyond.NONE || set.asciiSize() > MAX_CHARACTERS || set.asciiSize() == 0) {
            return Description.NOTHING_KNOWN;
        }
        Set<Text> texts = new LinkedHashSet<>();
        for (int c = 0; c < 128; c++) {
            if (set.mayContain(c)) {
                boolean bothCases = c != (c | 0x20) && Character.isLetter(c) && set.mayContain(c | 0x20);
                boolean lowerOfBoth = Character.isLowerCase(c) && set.mayContain(c & ~0x20);
                if (!bothCases) {
                    texts.add(lowerOfBoth ? Text.inEitherCase((char) c) : Text.of((byte) c));
                }
            }
        }
        return Description.ofTexts(texts);
    }

    private static Description describe(RegexNode.Repeat repeat) {
        Description part = describe(repeat.part());
        if (repeat.min() == 0) {
            if (repeat.max() == 1 && part.exact() != null) {
                Set<Text> texts = new LinkedHashSet<>(part.exact());
                texts.add(Text.EMPTY);
                return new Description(texts, null);
            }
            return Description.NOTHING_KNOWN;
        }
        if (repeat.max() == 1) {
            return part;
        }
        // Once is sure; that the following repetitions join on is left unused.
        return new Description(null, part.best());
    }

    private static Description describeChoice(List<RegexNode> parts) {
        Set<Text> exact = new LinkedHashSet<>();
        LiteralChoice best = null;
        boolean allExact = true;
        boolean allSure = true;
        for (RegexNode part : parts) {
            Description description = describe(part);
            if (description.exact() == null) {
                allExact = false;
            } else {
                exact.addAll(description.exact());
            }
            if (description.best() == null) {
                allSure = false;
            } else if (allSure) {
                best = best == null ? description.best() : best.or(description.best());
                allSure = best != null;
            }
        }
        return new Description(
                allExact && exact.size() <= LiteralChoice.MAX_TEXTS ? exact : null, allSure ? best : null);
    }

    private static Description describeSequence(List<RegexNode> parts) {
        Set<Text> joined = Set.of(Text.EMPTY);
        LiteralChoice best = null;
        boolean allExact = true;
        for (RegexNode part : parts) {
            Description description = describe(part);
            Set<Text> longer = description.exact() == null ? null : join(joined, description.exact());
            if (longer != null) {
                joined = longer;
                continue;
            }
            allExact = false;
            best = LiteralChoice.rarer(best, LiteralChoice.of(joined));
            best = LiteralChoice.rarer(best, description.best());
            joined = description.exact() == null ? Set.of(Text.EMPTY) : description.exact();
        }
        best = LiteralChoice.rarer(best, LiteralChoice.of(joined));
        return new Description(allExact ? joined : null, best);
    }

    private static @Nullable Set<Text> join(Set<Text> heads, Set<Text> tails) {
        if (heads.size() * tails.size() > LiteralChoice.MAX_TEXTS) {
            return null;
        }
        Set<Text> joined = new LinkedHashSet<>();
        for (Text head : heads) {
            for (Text tail : tails) {
                if (head.length() + tail.length() > MAX_LENGTH) {
                    return null;
                }
                joined.add(head.then(tail));
            }
        }
        return joined;
    }
}
