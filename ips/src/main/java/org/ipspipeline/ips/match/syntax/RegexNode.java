package org.ipspipeline.ips.match.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a regular expression. */
public sealed interface RegexNode {

    /** No upper bound of a {@link Repeat}. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /**
     * One byte, exactly: an ASCII character, or a part of another one in UTF-8.
     *
     * @param value the byte
     */
    record Literal(byte value) implements RegexNode {}

    /**
     * One character of a set.
     *
     * @param set holds it
     */
    record OneOf(ByteSet set) implements RegexNode {}

    /**
     * One part after the other; none of them is the empty expression.
     *
     * @param parts in their order
     */
    record Sequence(List<RegexNode> parts) implements RegexNode {}

    /**
     * One of several parts, an earlier one rather than a later one.
     *
     * @param parts in their order
     */
    record Choice(List<RegexNode> parts) implements RegexNode {}

    /**
     * A part several times.
     *
     * @param part what is repeated
     * @param min how often at least
     * @param max how often at most, {@link #UNBOUNDED} for any number
     * @param mode how many of them are tried first
     */
    record Repeat(RegexNode part, int min, int max, Mode mode) implements RegexNode {}

    /**
     * A part whose place is remembered.
     *
     * @param part what is matched
     * @param index the group's number, from 1
     * @param name its name, null where it has none
     */
    record Capture(RegexNode part, int index, @Nullable String name) implements RegexNode {}

    /**
     * An address: what a tag stands for, its groups included.
     *
     * @param tag which one
     */
    record Address(AddressTag tag) implements RegexNode {}

    /**
     * A condition on a place of the line.
     *
     * @param kind which one
     */
    record Assertion(Kind kind) implements RegexNode {}

    /**
     * Something that the tree cannot say; it may match anything, the empty text included.
     *
     * @param what names it
     */
    record Unknown(String what) implements RegexNode {}

    /** How many repetitions are tried first. */
    enum Mode {
        /** As many as possible, then fewer. */
        GREEDY,
        /** As few as possible, then more. */
        LAZY,
        /** As many as possible, never fewer. */
        POSSESSIVE
    }

    /** The conditions. */
    enum Kind {
        /** The start of the line. */
        START,
        /** The end of the line, or before a newline that ends it. */
        END,
        /** The very end of the line. */
        VERY_END,
        /** Between a word character and another. */
        WORD_BOUNDARY,
        /** Not such a place. */
        NO_WORD_BOUNDARY
    }
}
