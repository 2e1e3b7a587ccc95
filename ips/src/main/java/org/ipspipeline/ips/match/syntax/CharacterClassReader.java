package org.ipspipeline.ips.match.syntax;

import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands between brackets: characters, ranges, {@code \w} and its like; no sets within sets. */
final class CharacterClassReader {

    private static final int ASCII = 128;

    private final String regex;
    private final int flags;
    private int at;

    private final BitSet members = new BitSet(ASCII);
    private ByteSet united = ByteSet.of(c -> false, ByteSet.Beyond.NONE);

    CharacterClassReader(String regex, int afterBracket, int flags) {
        this.regex = regex;
        this.at = afterBracket;
        this.flags = flags;
    }

    /** Reads to the closing bracket; {@code end} learns the index after it. */
    ByteSet read(IntConsumer end) throws UnknownSyntaxException {
        boolean negated = peek() == '^';
        if (negated) {
            at++;
        }
        boolean beyondAscii = false;
        // A bracket that closes at once would be an empty class, which Pattern refuses: there it is a member.
        for (boolean first = true; first || peek() != ']'; first = false) {
            ByteSet predefined = predefined();
            if (predefined != null) {
                united = united.or(predefined);
                continue;
            }
            int from = member();
            int to = from;
            if (peek() == '-' && at + 1 < regex.length() && regex.charAt(at + 1) != ']') {
                at++;
                if (peek() == '[' || predefined() != null) {
                    throw new UnknownSyntaxException("a range that ends in a set");
                }
                to = member();
            }
            beyondAscii |= to >= ASCII;
            if (from < ASCII) {
                members.set(from, Math.min(to, ASCII - 1) + 1);
            }
        }
        end.accept(at + 1);
        ByteSet listed = ByteSet.of(members::get, beyondAscii ? ByteSet.Beyond.SOME : ByteSet.Beyond.NONE);
        ByteSet all = listed.or(united);
        if ((flags & Pattern.CASE_INSENSITIVE) != 0) {
            all = all.ignoringCase();
        }
        return negated ? all.not() : all;
    }

    private @Nullable ByteSet predefined() throws UnknownSyntaxException {
        if (peek() == '\\' && at + 1 < regex.length()) {
            ByteSet set = Escapes.predefinedSet(regex.charAt(at + 1), flags);
            if (set != null) {
                at += 2;
            }
            return set;
        }
        return null;
    }

    private int member() throws UnknownSyntaxException {
        int c = peek();
        if (c == '[' || regex.startsWith("&&", at)) {
            throw new UnknownSyntaxException("a set within a set");
        }
        if (c == '\\') {
            return Escapes.character(regex, at + 1, index -> at = index);
        }
        int character = regex.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    private int peek() throws UnknownSyntaxException {
        if (at >= regex.length()) {
            throw new UnknownSyntaxException("an open set");
        }
        return regex.charAt(at);
    }
}
