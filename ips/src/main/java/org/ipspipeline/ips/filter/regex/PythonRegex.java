package org.ipspipeline.ips.filter.regex;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression of Python's syntax. Texts of ASCII, which nearly all lines of logs are, are searched by a form of it
 * that is faster; the other form is compiled when it is first needed. May be shared by threads; each has its own
 * {@link Searcher}.
 */
public final class PythonRegex {

    private final String source;
    private final boolean multiline;
    private final TranslatedRegex ascii;
    private final Pattern asciiPattern;
    private volatile @Nullable Pattern unicodePattern;

    private PythonRegex(String source, boolean multiline) {
        this.source = source;
        this.multiline = multiline;
        this.ascii = PythonTranslator.translate(source, multiline, false);
        this.asciiPattern = compile(ascii);
    }

    /**
     * Compiles an expression.
     *
     * @param source in Python's syntax
     * @param multiline whether {@code ^} and {@code $} match at each line of a text
     * @throws RegexSyntaxException if it is none in Python's syntax
     */
    public static PythonRegex compile(String source, boolean multiline) {
        return new PythonRegex(source, multiline);
    }

    private static Pattern compile(TranslatedRegex translated) {
        try {
            return Pattern.compile(translated.regex(), translated.flags());
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new RegexSyntaxException("java.util.regex refuses its translation: " + reason, e);
        }
    }

    /** The expression as it was given. */
    public String source() {
        return source;
    }

    /** The translation for texts of ASCII. */
    public TranslatedRegex ascii() {
        return ascii;
    }

    /** The numbers of the named groups; the same for all texts. */
    public Map<String, Integer> groups() {
        return ascii.groups();
    }

    /** The number of a named group, or -1. */
    public int group(String name) {
        return ascii.groups().getOrDefault(name, -1);
    }

    /** A searcher for one thread. */
    public Searcher searcher() {
        return new Searcher(this);
    }

    boolean isAnchored() {
        return ascii.anchored();
    }

    Pattern pattern(boolean asciiText) {
        if (asciiText) {
            return asciiPattern;
        }
        Pattern pattern = unicodePattern;
        if (pattern == null) {
            pattern = compile(PythonTranslator.translate(source, multiline, true));
            unicodePattern = pattern;
        }
        return pattern;
    }

    @Override
    public String toString() {
        return source;
    }
}
