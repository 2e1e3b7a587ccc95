package org.ipspipeline.ips.match.program;

import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.RegexNode;
import org.jspecify.annotations.Nullable;

/** An expression as instructions for {@link TokenMatcher}. Immutable, shared by all threads. */
public final class TokenProgram {

    final int[] code;
    final AddressTag[] tags;
    final LiteralText[] texts;
    final SetTable[] sets;

    /** The literal that every match begins with, null where there is none. */
    final @Nullable LiteralText start;
    /** The bytes that a match may begin with, null where it may begin with any. */
    final byte @Nullable [] startSet;
    /** Whether a match can only begin where the line does. */
    final boolean anchored;

    final int slots;

    static final byte MEMBER = 1;
    static final byte DEPENDS = 2;

    TokenProgram(TokenCode code, boolean unicode) {
        this.code = code.instructions();
        this.tags = code.tags();
        this.texts = code.texts();
        this.sets = code.sets(unicode);
        this.slots = code.slots();
        TokenAnalysis analysis = new TokenAnalysis(this.code, code);
        analysis.refine();
        this.anchored = analysis.isAnchored();
        this.start = this.code[0] == Op.LITERAL ? texts[this.code[1]] : null;
        this.startSet = analysis.startSet(unicode);
    }

    /**
     * Translates an expression.
     *
     * @param tree the expression
     * @param captures whether the places of its named groups are wanted
     * @return the program, null where the expression needs more than a program can do
     */
    public static @Nullable TokenProgram of(RegexNode tree, boolean captures) {
        return TokenCompiler.compile(tree, captures, false);
    }

    /**
     * Translates an expression that was written for texts of ASCII, while other texts have their own: there {@code \w} and the like
     * hold more characters. The program is sure of lines of ASCII, and of others only where no such set meets their characters.
     *
     * @param tree the expression for ASCII
     * @return the program, without captures; null where the expression needs more than a program can do
     */
    public static @Nullable TokenProgram ofUnicode(RegexNode tree) {
        return TokenCompiler.compile(tree, false, true);
    }

    /** {@return a listing of the instructions, for people} */
    @Override
    public String toString() {
        return Listing.of(this);
    }
}
