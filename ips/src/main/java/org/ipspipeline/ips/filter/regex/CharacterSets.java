package org.ipspipeline.ips.filter.regex;

/**
 * What Python's {@code \w \d \s} and their complements stand for, as the inside of a Java character class: within ASCII, or
 * as Python understands them in text. Complements are spelled out, because a complement nested in a class is not read alike
 * by all Java versions.
 */
enum CharacterSets {
    ASCII(
            "0-9A-Z_a-z",
            "\\x00-/:-@\\[-\\^`\\x7b-\\x{10ffff}",
            "0-9",
            "\\x00-/:-\\x{10ffff}",
            "\\x09-\\x0d\\x1c- ",
            "\\x00-\\x08\\x0e-\\x1b!-\\x{10ffff}"),
    UNICODE(
            "\\p{L}\\p{N}_",
            "\\p{M}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\p{S}\\p{Z}\\p{C}"
                    + "\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f",
            "\\p{Nd}",
            "\\P{Nd}",
            "\\x09-\\x0d\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000",
            "\\x00-\\x08\\x0e-\\x1b!-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e"
                    + "\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\x{10ffff}");

    private final String word;
    private final String noWord;
    private final String digit;
    private final String noDigit;
    private final String space;
    private final String noSpace;

    CharacterSets(String word, String noWord, String digit, String noDigit, String space, String noSpace) {
        this.word = word;
        this.noWord = noWord;
        this.digit = digit;
        this.noDigit = noDigit;
        this.space = space;
        this.noSpace = noSpace;
    }

    /**
     * The inside of a character class.
     *
     * @param escape one of {@code w W d D s S}
     */
    String of(char escape) {
        return switch (escape) {
            case 'w' -> word;
            case 'W' -> noWord;
            case 'd' -> digit;
            case 'D' -> noDigit;
            case 's' -> space;
            case 'S' -> noSpace;
            default -> throw new IllegalArgumentException("\\" + escape);
        };
    }

    /**
     * The set outside of a character class.
     *
     * @param escape one of {@code w W d D s S}
     */
    String standingAlone(char escape) {
        if (this == ASCII && escape != 's' && escape != 'S') {
            return "\\" + escape;
        }
        return "[" + of(escape) + "]";
    }

    /** Between a word's character and another one, or not. */
    String boundary(boolean negated) {
        if (this == ASCII) {
            return negated ? "\\B" : "\\b";
        }
        String one = "[" + word + "]";
        return negated
                ? "(?:(?<=" + one + ")(?=" + one + ")|(?<!" + one + ")(?!" + one + "))"
                : "(?:(?<=" + one + ")(?!" + one + ")|(?<!" + one + ")(?=" + one + "))";
    }
}
