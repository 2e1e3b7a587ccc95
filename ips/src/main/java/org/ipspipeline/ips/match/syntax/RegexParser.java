package org.ipspipeline.ips.match.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ipspipeline.ips.match.syntax.RegexNode.Kind;
import org.ipspipeline.ips.match.syntax.RegexNode.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression that {@link Pattern} compiles, in its syntax and with its meaning, {@link Pattern#UNIX_LINES} always set. It
 * judges no syntax: an expression that {@link Pattern} refuses gives any tree. Where it meets something that it does not know, the
 * tree has an {@link RegexNode.Unknown} there, at worst as its only node.
 */
public final class RegexParser {

    private static final int MAX_DEPTH = 100;
    private static final int UNSUPPORTED_FLAGS =
            Pattern.COMMENTS | Pattern.LITERAL | Pattern.CANON_EQ | Pattern.MULTILINE;

    private final String regex;
    private int at;
    private int flags;
    private int groups;
    private int depth;

    private RegexParser(String regex, int flags) {
        this.regex = regex;
        this.flags = flags;
    }

    /**
     * Reads an expression.
     *
     * @param regex the expression, in which tags stand for addresses
     * @param flags those of {@link Pattern}
     * @return its tree
     */
    public static RegexNode parse(String regex, int flags) {
        if ((flags & UNSUPPORTED_FLAGS) != 0) {
            return new RegexNode.Unknown("flags");
        }
        RegexParser parser = new RegexParser(regex, flags);
        try {
            RegexNode tree = parser.choice();
            return parser.at == regex.length() ? tree : new RegexNode.Unknown("unbalanced parenthesis");
        } catch (UnknownSyntaxException e) {
            return new RegexNode.Unknown(e.getMessage());
        }
    }

    private RegexNode choice() throws UnknownSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new UnknownSyntaxException("nesting");
        }
        int flagsOutside = flags;
        List<RegexNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (isAt('|')) {
            at++;
            parts.add(sequence());
        }
        flags = flagsOutside;
        depth--;
        return parts.size() == 1 ? parts.get(0) : new RegexNode.Choice(List.copyOf(parts));
    }

    private RegexNode sequence() throws UnknownSyntaxException {
        List<RegexNode> parts = new ArrayList<>();
        while (at < regex.length() && !isAt('|') && !isAt(')')) {
            RegexNode atom = atom();
            if (atom != null) {
                append(parts, quantified(atom));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new RegexNode.Sequence(List.copyOf(parts));
    }

    private static void append(List<RegexNode> parts, RegexNode part) {
        if (part instanceof RegexNode.Sequence sequence) {
            parts.addAll(sequence.parts());
        } else {
            parts.add(part);
        }
    }

    private @Nullable RegexNode atom() throws UnknownSyntaxException {
        AddressTag tag = AddressTag.at(regex, at);
        if (tag != null) {
            at += tag.tag().length();
            return new RegexNode.Address(tag);
        }
        return switch (regex.charAt(at)) {
            case '(' -> group();
            case '[' -> new RegexNode.OneOf(new CharacterClassReader(regex, at + 1, flags).read(this::moveTo));
            case '.' -> {
                at++;
                yield new RegexNode.OneOf(dot());
            }
            case '^' -> {
                at++;
                yield new RegexNode.Assertion(Kind.START);
            }
            case '$' -> {
                at++;
                yield new RegexNode.Assertion(Kind.END);
            }
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw new UnknownSyntaxException("a quantifier without anything before it");
            default -> {
                int character = regex.codePointAt(at);
                at += Character.charCount(character);
                yield character(character);
            }
        };
    }

    private void moveTo(int index) {
        at = index;
    }

    private ByteSet dot() {
        return (flags & Pattern.DOTALL) != 0
                ? ByteSet.of(c -> true, ByteSet.Beyond.ALL)
                : ByteSet.of(c -> c != '\n', ByteSet.Beyond.ALL);
    }

    private boolean isCaseless() {
        return (flags & Pattern.CASE_INSENSITIVE) != 0;
    }

    private RegexNode character(int character) throws UnknownSyntaxException {
        if (character < 128) {
            boolean letter = Character.isLetter(character);
            return letter && isCaseless()
                    ? new RegexNode.OneOf(
                            ByteSet.of(c -> c == character, ByteSet.Beyond.NONE).ignoringCase())
                    : new RegexNode.Literal((byte) character);
        }
        if (isCaseless()) {
            return new RegexNode.Unknown("a letter beyond ASCII in either case");
        }
        List<RegexNode> bytes = new ArrayList<>();
        for (byte value : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            bytes.add(new RegexNode.Literal(value));
        }
        return new RegexNode.Sequence(List.copyOf(bytes));
    }

    private RegexNode escape() throws UnknownSyntaxException {
        char c = at + 1 < regex.length() ? regex.charAt(at + 1) : 0;
        Kind kind = switch (c) {
            case 'A' -> Kind.START;
            case 'Z' -> Kind.END;
            case 'z' -> Kind.VERY_END;
            case 'b' -> Kind.WORD_BOUNDARY;
            case 'B' -> Kind.NO_WORD_BOUNDARY;
            default -> null;
        };
        if (kind != null) {
            at += 2;
            if (c == 'b' && isAt('{')) {
                throw new UnknownSyntaxException("\\b{");
            }
            return new RegexNode.Assertion(kind);
        }
        if (c == 'Q') {
            return quotation();
        }
        ByteSet predefined = Escapes.predefinedSet(c, flags);
        if (predefined != null) {
            at += 2;
            return new RegexNode.OneOf(predefined);
        }
        if ((c >= '1' && c <= '9') || c == 'k') {
            return backReference(c);
        }
        return character(Escapes.character(regex, at + 1, this::moveTo));
    }

    private RegexNode backReference(char c) {
        int end = at + 2;
        if (c == 'k') {
            end = regex.indexOf('>', at) + 1;
        } else {
            while (end < regex.length() && Character.isDigit(regex.charAt(end))) {
                end++;
            }
        }
        at = end;
        return new RegexNode.Unknown("a back-reference");
    }

    private RegexNode quotation() throws UnknownSyntaxException {
        int end = regex.indexOf("\\E", at + 2);
        String quoted = regex.substring(at + 2, end < 0 ? regex.length() : end);
        at = end < 0 ? regex.length() : end + 2;
        if (isAt('*') || isAt('+') || isAt('?') || isAt('{')) {
            throw new UnknownSyntaxException("a quantifier after \\E");
        }
        List<RegexNode> parts = new ArrayList<>();
        for (int i = 0; i < quoted.length(); i = quoted.offsetByCodePoints(i, 1)) {
            append(parts, character(quoted.codePointAt(i)));
        }
        return new RegexNode.Sequence(List.copyOf(parts));
    }

    private @Nullable RegexNode group() throws UnknownSyntaxException {
        at++;
        if (!isAt('?')) {
            int index = ++groups;
            return new RegexNode.Capture(groupBody(), index, null);
        }
        at++;
        if (regex.startsWith("<", at) && !regex.startsWith("<=", at) && !regex.startsWith("<!", at)) {
            int end = regex.indexOf('>', at);
            String name = regex.substring(at + 1, end);
            at = end + 1;
            int index = ++groups;
            return new RegexNode.Capture(groupBody(), index, name);
        }
        if (isAt(':')) {
            at++;
            return groupBody();
        }
        for (String look : List.of("=", "!", ">", "<=", "<!")) {
            if (regex.startsWith(look, at)) {
                at += look.length();
                groupBody();
                return new RegexNode.Unknown("(?" + look);
            }
        }
        return inlineFlags();
    }

    private RegexNode groupBody() throws UnknownSyntaxException {
        RegexNode body = choice();
        if (!isAt(')')) {
            throw new UnknownSyntaxException("an open group");
        }
        at++;
        return body;
    }

    /** {@code (?i)} sets flags for the rest of the group that it stands in, {@code (?i:X)} for X. */
    private @Nullable RegexNode inlineFlags() throws UnknownSyntaxException {
        int before = flags;
        boolean on = true;
        for (; at < regex.length() && !isAt(')') && !isAt(':'); at++) {
            if (isAt('-')) {
                on = false;
                continue;
            }
            int flag = Escapes.flag(regex.charAt(at));
            if ((flag & UNSUPPORTED_FLAGS) != 0 && on) {
                throw new UnknownSyntaxException("(?" + regex.charAt(at));
            }
            flags = on ? flags | flag : flags & ~flag;
        }
        boolean scoped = isAt(':');
        at++;
        if (!scoped) {
            return null;
        }
        RegexNode body = groupBody();
        flags = before;
        return body;
    }

    private RegexNode quantified(RegexNode atom) throws UnknownSyntaxException {
        RegexNode result = atom;
        while (at < regex.length()) {
            int min;
            int max;
            switch (regex.charAt(at)) {
                case '*' -> {
                    min = 0;
                    max = RegexNode.UNBOUNDED;
                }
                case '+' -> {
                    min = 1;
                    max = RegexNode.UNBOUNDED;
                }
                case '?' -> {
                    min = 0;
                    max = 1;
                }
                case '{' -> {
                    int end = regex.indexOf('}', at);
                    String[] bounds = regex.substring(at + 1, end).split(",", -1);
                    min = bound(bounds[0]);
                    max = bounds.length == 1 ? min : bounds[1].isEmpty() ? RegexNode.UNBOUNDED : bound(bounds[1]);
                    at = end;
                }
                default -> {
                    return result;
                }
            }
            at++;
            Mode mode = isAt('?') ? Mode.LAZY : isAt('+') ? Mode.POSSESSIVE : Mode.GREEDY;
            if (mode != Mode.GREEDY) {
                at++;
            }
            result = new RegexNode.Repeat(result, min, max, mode);
        }
        return result;
    }

    private static int bound(String digits) throws UnknownSyntaxException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new UnknownSyntaxException("{" + digits + "}");
        }
    }

    private boolean isAt(char c) {
        return at < regex.length() && regex.charAt(at) == c;
    }
}
