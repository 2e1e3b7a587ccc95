package org.ipspipeline.ips.match.program;

import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.RegexNode;
import org.jspecify.annotations.Nullable;

/** An expression as instructions for {@link TokenMatcher}. Immutable, shared by all threads. */
public final class TokenProgram {

    final int[] code;
    final AddressTag[] tags;
    final LiteralText[] texts;
    /** Indexed by a byte: {@link #MEMBER}, {@link #DEPENDS} or 0. */
    final byte[][] sets;

    /** The literal that every match begins with, null where there is none. */
    final @Nullable LiteralText start;
    /** The bytes that a match may begin with, null where it may begin with any. */
    final byte @Nullable [] startSet;
    /** Whether a match can only begin where the line does. */
    final boolean anchored;

    final int slots;

    static final byte MEMBER = 1;
    static final byte DEPENDS = 2;

    TokenProgram(TokenCode code) {
        this.code = code.instructions();
        this.tags = code.tags();
        this.texts = code.texts();
        this.sets = code.sets();
        this.slots = code.slots();
        TokenAnalysis analysis = new TokenAnalysis(this.code, code);
        analysis.refine();
        this.anchored = analysis.isAnchored();
        this.start = this.code[0] == Op.LITERAL ? texts[this.code[1]] : null;
        this.startSet = analysis.startSet();
    }

    /**
     * Translates an expression.
     *
     * @param tree the expression
     * @param captures whether the places of its named groups are wanted
     * @return the program, null where the expression needs more than a program can do
     */
    public static @Nullable TokenProgram of(RegexNode tree, boolean captures) {
        return TokenCompiler.compile(tree, captures);
    }

    /** {@return a listing of the instructions, for people} */
    @Override
    public String toString() {
        return Listing.of(this);
    }
}
