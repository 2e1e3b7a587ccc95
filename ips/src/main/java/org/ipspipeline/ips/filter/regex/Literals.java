package org.ipspipeline.ips.filter.regex;

/** Characters that stand for themselves. */
final class Literals {

    private static final String SPECIAL = "\\^$.|?*+()[]{}&-#~";

    private Literals() {}

    /** Writes a character so that Java reads it as itself, inside of a class as well. */
    static void append(StringBuilder out, int character) {
        if (character < 128 && SPECIAL.indexOf(character) >= 0) {
            out.append('\\').append((char) character);
        } else if (character < ' ' || character == 0x7f) {
            out.append(String.format("\\x%02x", character));
        } else {
            out.appendCodePoint(character);
        }
    }

    /** Reads what follows a backslash as one character. */
    static int escaped(PythonSource source) {
        char c = source.next();
        return switch (c) {
            case 'a' -> 0x07;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> hexadecimal(source, 2);
            case 'u' -> hexadecimal(source, 4);
            case 'U' -> hexadecimal(source, 8);
            case 'N' -> named(source);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> Integer.parseInt(c + source.digits(8, 2), 8);
            default -> {
                if (c < 128 && Character.isLetterOrDigit(c)) {
                    throw source.problem("bad escape \\" + c);
                }
                yield c;
            }
        };
    }

    /** Reads a character by its name in Unicode, such as {@code {EM DASH}}. */
    private static int named(PythonSource source) {
        if (!source.take('{')) {
            throw source.problem("missing { after \\N");
        }
        String name = source.until('}');
        try {
            return Character.codePointOf(name);
        } catch (IllegalArgumentException e) {
            throw source.problem("there is no character named '" + name + "'");
        }
    }

    private static int hexadecimal(PythonSource source, int length) {
        String digits = source.digits(16, length);
        if (digits.length() < length) {
            throw source.problem("incomplete escape");
        }
        long value = Long.parseLong(digits, 16);
        if (value > Character.MAX_CODE_POINT) {
            throw source.problem("bad escape");
        }
        return (int) value;
    }
}
