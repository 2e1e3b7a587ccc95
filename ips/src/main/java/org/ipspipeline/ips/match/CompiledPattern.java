package org.ipspipeline.ips.match;

import org.ipspipeline.ips.filter.regex.PythonRegex;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;
import org.ipspipeline.ips.filter.regex.TranslatedRegex;
import org.ipspipeline.ips.match.program.TokenProgram;
import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.MandatoryLiterals;
import org.ipspipeline.ips.match.syntax.Needles;
import org.ipspipeline.ips.match.syntax.RegexNode;
import org.ipspipeline.ips.match.syntax.RegexParser;
import org.ipspipeline.ips.match.syntax.SampleLine;
import org.jspecify.annotations.Nullable;

/**
 * One pattern in the forms that matching needs. Names of hosts are not resolved, so that {@code <HOST>} means {@code <ADDR>}.
 *
 * @param text as the operator wrote it
 * @param needles of which every matching line holds one; null where there are none
 * @param program decides most lines; null where the pattern needs more than a program can do
 * @param regex decides the others
 * @param sample a line that probably matches
 */
record CompiledPattern(
        String text, @Nullable Needles needles, @Nullable TokenProgram program, PythonRegex regex, SampleLine sample) {

    /**
     * Compiles a pattern.
     *
     * @throws PatternSyntaxException when it is no expression, or does not ask for exactly one address
     */
    static CompiledPattern of(String text) {
        int at = indexOfTag(text, 0);
        AddressTag tag = AddressTag.at(text, at);
        if (tag == null) {
            throw new PatternSyntaxException("'" + text
                    + "' has no <HOST>, which stands for the client's address; write it where the address is");
        }
        String rest = text.substring(at + tag.tag().length());
        if (indexOfTag(rest, 0) < rest.length()) {
            throw new PatternSyntaxException("'" + text + "' has more than one address; write <HOST> once");
        }
        AddressTag address = tag == AddressTag.HOST ? AddressTag.ADDR : tag;
        String head = text.substring(0, at);
        RegexNode tree = tree(text, head + address.tag() + rest);
        PythonRegex regex = PythonRegex.compile(head + pythonExpression(address) + rest, false);
        return new CompiledPattern(
                text, MandatoryLiterals.of(tree), TokenProgram.ofUnicode(tree), regex, SampleLine.of(tree));
    }

    private static int indexOfTag(String text, int from) {
        int at = from;
        while (at < text.length() && AddressTag.at(text, at) == null) {
            at++;
        }
        return at;
    }

    /** Compiles the text with its tag as plain characters, so that a position is one in what the operator wrote. */
    private static RegexNode tree(String text, String tagged) {
        try {
            PythonRegex.compile(text, false);
            TranslatedRegex translated = PythonRegex.compile(tagged, false).ascii();
            return RegexParser.parse(translated.regex(), translated.flags());
        } catch (RegexSyntaxException wrong) {
            throw new PatternSyntaxException("'" + text + "' does not compile: " + wrong.getMessage(), wrong);
        }
    }

    private static String pythonExpression(AddressTag tag) {
        return "(?:" + tag.regex().replace("(?<ip", "(?P<ip") + ")";
    }
}
