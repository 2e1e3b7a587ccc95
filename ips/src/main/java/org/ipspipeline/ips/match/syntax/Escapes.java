package org.ipspipeline.ips.match.syntax;

import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands after a backslash, in a character class and outside one. */
final class Escapes {

    /** Digits of the largest code point. */
    private static final int LONGEST_CODE_POINT = 6;

    private Escapes() {}

    /** The set that {@code \d}, {@code \w}, {@code \s} or one of their complements stands for. */
    static @Nullable ByteSet predefinedSet(char letter, int flags) {
        ByteSet.Beyond beyond =
                (flags & Pattern.UNICODE_CHARACTER_CLASS) != 0 ? ByteSet.Beyond.SOME : ByteSet.Beyond.NONE;
        ByteSet set = switch (letter) {
            case 'd', 'D' -> ByteSet.of(c -> c >= '0' && c <= '9', beyond);
            case 'w', 'W' ->
                ByteSet.of(c -> (c >= '0' && c <= '9') || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'), beyond);
            case 's', 'S' -> ByteSet.of(c -> (c >= '\t' && c <= '\r') || c == ' ', beyond);
            default -> null;
        };
        return set != null && letter < 'a' ? set.not() : set;
    }

    /** The one character that an escape stands for; {@code end} learns the index after it. */
    static int character(String regex, int afterBackslash, IntConsumer end) throws UnknownSyntaxException {
        if (afterBackslash >= regex.length()) {
            throw new UnknownSyntaxException("a backslash at the end");
        }
        int c = regex.codePointAt(afterBackslash);
        int next = afterBackslash + Character.charCount(c);
        end.accept(next);
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'a' -> '\u0007';
            case 'e' -> '\u001B';
            case 'x' ->
                regex.startsWith("{", next) ? codePoint(regex, next + 1, end) : hexadecimal(regex, next, 2, end);
            case 'u' -> hexadecimal(regex, next, 4, end);
            default -> {
                if (c < 128 && Character.isLetterOrDigit(c)) {
                    throw new UnknownSyntaxException("\\" + (char) c);
                }
                yield c;
            }
        };
    }

    private static int codePoint(String regex, int from, IntConsumer end) throws UnknownSyntaxException {
        int close = regex.indexOf('}', from);
        if (close < 0 || close - from > LONGEST_CODE_POINT) {
            throw new UnknownSyntaxException("\\x{");
        }
        int value = hexadecimal(regex, from, close - from, end);
        end.accept(close + 1);
        return value;
    }

    private static int hexadecimal(String regex, int from, int digits, IntConsumer end) throws UnknownSyntaxException {
        try {
            int value = Integer.parseInt(regex, from, from + digits, 16);
            if (value <= Character.MAX_VALUE && Character.isSurrogate((char) value)) {
                throw new UnknownSyntaxException("a surrogate");
            }
            end.accept(from + digits);
            return value;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new UnknownSyntaxException("\\x or \\u");
        }
    }

    /** The flag that a letter of {@code (?...)} stands for. */
    static int flag(char letter) throws UnknownSyntaxException {
        return switch (letter) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 's' -> Pattern.DOTALL;
            case 'd' -> Pattern.UNIX_LINES;
            case 'u' -> Pattern.UNICODE_CASE;
            case 'U' -> Pattern.UNICODE_CHARACTER_CLASS;
            case 'm' -> Pattern.MULTILINE;
            case 'x' -> Pattern.COMMENTS;
            default -> throw new UnknownSyntaxException("(?" + letter);
        };
    }
}
