package org.ipspipeline.ips.match;

import org.ipspipeline.ips.filter.regex.PythonRegex;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;
import org.ipspipeline.ips.match.program.TokenProgram;
import org.ipspipeline.ips.match.syntax.AddressTag;
import org.ipspipeline.ips.match.syntax.MandatoryLiterals;
import org.ipspipeline.ips.match.syntax.Needles;
import org.ipspipeline.ips.match.syntax.RegexNode;
import org.ipspipeline.ips.match.syntax.RegexParser;
import org.jspecify.annotations.Nullable;

/**
 * One pattern in the forms that matching needs.
 *
 * @param text as the operator wrote it
 * @param needles of which every matching line holds one; null where there are none
 * @param program decides most lines; null where the pattern needs more than a program can do
 * @param regex decides the others
 */
record CompiledPattern(
        String text, @Nullable Needles needles, @Nullable TokenProgram program, PythonRegex regex) {

    static final String HOST_GROUP = "ipshost";

    private static final String IPV4 = "(?:\\d{1,3}\\.){3}\\d{1,3}";
    private static final String IPV6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*";
    private static final String NAME = "[\\w\\-.^_]*\\w";

    /**
     * Compiles a pattern.
     *
     * @throws PatternSyntaxException when it is no expression, or asks for no address
     */
    static CompiledPattern of(String text) {
        int at = 0;
        while (at < text.length() && AddressTag.at(text, at) == null) {
            at++;
        }
        AddressTag tag = AddressTag.at(text, at);
        if (tag == null) {
            throw new PatternSyntaxException("'" + text
                    + "' has no <HOST>, which stands for the client's address; write it where the address is");
        }
        check(text);
        String expanded = text.substring(0, at) + "(?P<" + HOST_GROUP + ">" + expression(tag) + ")"
                + text.substring(at + tag.tag().length());
        PythonRegex regex = PythonRegex.compile(expanded, false);
        RegexNode tree = RegexParser.parse(text, 0);
        return new CompiledPattern(text, MandatoryLiterals.of(tree), TokenProgram.of(tree, false), regex);
    }

    /** Compiles the text with its tag as plain characters, so that a position is one in what the operator wrote. */
    private static void check(String text) {
        try {
            PythonRegex.compile(text, false);
        } catch (RegexSyntaxException wrong) {
            throw new PatternSyntaxException("'" + text + "' does not compile: " + wrong.getMessage(), wrong);
        }
    }

    private static String expression(AddressTag tag) {
        return switch (tag) {
            case HOST -> IPV4 + "|" + IPV6 + "|" + NAME;
            case ADDR -> IPV4 + "|" + IPV6;
            case IP4 -> IPV4;
            case IP6 -> IPV6;
        };
    }
}
