package org.ipspipeline.ips.filter.regex;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates the syntax of Python's {@code re} into that of java.util.regex. Groups lose their names (Java's have no
 * underscore) and keep their order. A conditional {@code (?(g)A|B)}, which Java lacks, becomes
 * {@code (?:\m(?:A)|(?!\m)(?:B))}, where m is an empty group put at the end of g: a back-reference to it succeeds exactly
 * when g took part in the match.
 */
public final class PythonTranslator {

    private final PythonSource source;
    private final boolean unicode;
    private final boolean scouting;
    private final Set<Integer> conditionals;
    private final Set<Integer> askedFor = new HashSet<>();
    private final Map<String, Integer> named = new LinkedHashMap<>();
    private final Map<Integer, Integer> numbers = new LinkedHashMap<>();
    private final Map<Integer, Integer> markers = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();
    private int pythonGroups;
    private int javaGroups;
    private RegexFlags flags;
    private RegexFlags global;

    private PythonTranslator(
            String regex, RegexFlags flags, boolean unicode, boolean scouting, Set<Integer> conditionals) {
        this.scouting = scouting;
        this.source = new PythonSource(regex);
        this.flags = flags;
        this.global = flags;
        this.unicode = unicode;
        this.conditionals = conditionals;
    }

    /**
     * Translates an expression.
     *
     * @param regex in Python's syntax
     * @param multiline whether {@code ^} and {@code $} match at each line of the text
     * @param unicode whether the text may hold more than ASCII; the ASCII form is faster
     * @return the expression in Java's syntax
     * @throws RegexSyntaxException if it is none in Python's
     */
    public static TranslatedRegex translate(String regex, boolean multiline, boolean unicode) {
        RegexFlags flags = RegexFlags.NONE.with('m', multiline);
        PythonTranslator scout = new PythonTranslator(regex, flags, unicode, true, Set.of());
        scout.run();
        // Global flags hold from the first character on, and groups get their markers: hence the second reading.
        PythonTranslator translator = new PythonTranslator(regex, scout.global, unicode, false, scout.askedFor);
        boolean anchored = translator.run();
        Map<String, Integer> groups = new LinkedHashMap<>();
        translator.named.forEach((name, number) -> groups.put(name, translator.numbers.get(number)));
        return new TranslatedRegex(translator.out.toString(), translator.global.javaFlags(unicode), groups, anchored);
    }

    /**
     * Takes an expression apart: how much of it can be used alone, from its beginning on. An expression of several
     * alternatives has no such parts.
     *
     * @param regex in Python's syntax
     * @return each beginning of the expression that ends between two of its outermost parts, shorter ones first
     * @throws RegexSyntaxException if it is none in Python's
     */
    public static List<String> beginnings(String regex) {
        PythonTranslator translator = new PythonTranslator(regex, RegexFlags.NONE, false, true, Set.of());
        List<String> beginnings = new ArrayList<>();
        while (!translator.source.atEnd()) {
            int start = translator.out.length();
            if (translator.source.at('|') || translator.source.at(')')) {
                return List.of();
            }
            translator.atom();
            translator.quantifier(start);
            beginnings.add(translator.source.consumed());
        }
        return beginnings;
    }

    private boolean run() {
        boolean anchored = alternatives();
        if (!source.atEnd()) {
            throw source.problem("unbalanced parenthesis");
        }
        return anchored;
    }

    /** Returns whether every alternative begins with the start of the text. */
    private boolean alternatives() {
        boolean anchored = sequence();
        while (source.take('|')) {
            out.append('|');
            anchored &= sequence();
        }
        return anchored;
    }

    private boolean sequence() {
        boolean anchored = false;
        boolean first = true;
        while (!source.atEnd() && !source.at('|') && !source.at(')')) {
            if (flags.verbose() && source.skipVerbose()) {
                continue;
            }
            int start = out.length();
            boolean anchor = atom();
            boolean quantified = quantifier(start);
            if (first && out.length() > start) {
                anchored = anchor && !quantified;
                first = false;
            }
        }
        return anchored;
    }

    /** Returns whether it was an anchor at the text's start. */
    private boolean atom() {
        char c = source.peek();
        switch (c) {
            case '(' -> group();
            case '[' -> {
                source.next();
                out.append(CharacterClass.translate(source, sets()));
            }
            case '.' -> {
                source.next();
                out.append(flags.dotAll() ? "(?s:.)" : ".");
            }
            case '^' -> {
                source.next();
                out.append(flags.multiline() ? "(?<![^\\n])" : "^");
                return !flags.multiline();
            }
            case '$' -> {
                source.next();
                out.append(flags.multiline() ? "(?![^\\n])" : "$");
            }
            case '\\' -> {
                return escape();
            }
            case '*', '+', '?', '{' -> {
                if (source.quantifier() != null) {
                    throw source.problem("nothing to repeat");
                }
                Literals.append(out, source.nextCodePoint());
            }
            default -> Literals.append(out, source.nextCodePoint());
        }
        return false;
    }

    private CharacterSets sets() {
        return unicode && !flags.ascii() ? CharacterSets.UNICODE : CharacterSets.ASCII;
    }

    private boolean escape() {
        source.next();
        char c = source.atEnd() ? 0 : source.peek();
        switch (c) {
            case 'A' -> {
                source.next();
                out.append("\\A");
                return true;
            }
            case 'Z', 'z' -> out.append("\\z");
            case 'b', 'B' -> out.append(sets().boundary(c == 'B'));
            case 'd', 'D', 's', 'S', 'w', 'W' -> out.append(sets().standingAlone(c));
            default -> {
                if (c >= '1' && c <= '9' && !source.isOctalEscape()) {
                    backReference(source.number());
                } else {
                    Literals.append(out, Literals.escaped(source));
                }
                return false;
            }
        }
        source.next();
        return false;
    }

    private void backReference(int group) {
        Integer number = numbers.get(group);
        if (number == null) {
            throw source.problem("invalid group reference " + group);
        }
        out.append("(?:\\").append(number).append(')');
    }

    private void group() {
        source.next();
        if (!source.take('?')) {
            capture(null);
        } else if (source.take("P<")) {
            capture(source.until('>'));
        } else if (source.take("P=")) {
            backReference(numberOf(source.until(')')));
        } else if (source.take('#')) {
            source.until(')');
        } else if (source.take('(')) {
            conditional(numberOf(source.until(')')));
        } else if (source.at(':') || source.at('=') || source.at('!') || source.at('>')) {
            body("(?" + source.next());
        } else if (source.take("<=")) {
            body("(?<=");
        } else if (source.take("<!")) {
            body("(?<!");
        } else {
            inlineFlags();
        }
    }

    private void body(String opening) {
        RegexFlags outside = flags;
        out.append(opening);
        alternatives();
        close();
        out.append(')');
        flags = outside;
    }

    private void close() {
        if (!source.take(')')) {
            throw source.problem("missing ), unterminated subpattern");
        }
    }

    private void capture(@Nullable String name) {
        int group = ++pythonGroups;
        if (name != null && !isIdentifier(name)) {
            throw source.problem("bad character in group name '" + name + "'");
        }
        if (name != null && named.put(name, group) != null) {
            throw source.problem("redefinition of group name '" + name + "'");
        }
        numbers.put(group, ++javaGroups);
        boolean marked = conditionals.contains(group);
        out.append(marked ? "((?:" : "(");
        RegexFlags outside = flags;
        alternatives();
        close();
        flags = outside;
        if (marked) {
            markers.put(group, ++javaGroups);
            out.append(")()");
        }
        out.append(')');
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && (Character.isUnicodeIdentifierStart(name.codePointAt(0)) || name.charAt(0) == '_')
                && name.codePoints().allMatch(c -> Character.isUnicodeIdentifierPart(c) || c == '_');
    }

    private int numberOf(String reference) {
        Integer number = named.get(reference);
        if (number != null) {
            return number;
        }
        if (!reference.isEmpty() && reference.chars().allMatch(c -> c >= '0' && c <= '9') && reference.length() < 4) {
            return Integer.parseInt(reference);
        }
        throw source.problem("unknown group name '" + reference + "'");
    }

    private void conditional(int group) {
        if (group < 1 || group > pythonGroups) {
            throw source.problem("invalid group reference " + group);
        }
        askedFor.add(group);
        Integer mark = markers.get(group);
        if (mark == null && !scouting) {
            throw source.problem("a condition on group " + group + " inside of that group");
        }
        String marker = "\\" + mark;
        RegexFlags outside = flags;
        out.append("(?:(?:").append(marker).append(")(?:");
        sequence();
        out.append(")|(?!").append(marker).append(")(?:");
        if (source.take('|')) {
            sequence();
        }
        close();
        out.append("))");
        flags = outside;
    }

    private void inlineFlags() {
        RegexFlags changed = flags;
        boolean on = true;
        while (!source.atEnd() && !source.at(')') && !source.at(':')) {
            char flag = source.next();
            if (flag == '-') {
                on = false;
            } else if (RegexFlags.isKnown(flag)) {
                changed = changed.with(flag, on);
            } else {
                throw source.problem("unknown extension ?" + flag);
            }
        }
        if (source.take(':')) {
            RegexFlags outside = flags;
            flags = changed;
            out.append(changed.javaChange(outside, unicode));
            alternatives();
            close();
            out.append(')');
            flags = outside;
        } else {
            close();
            global = global.or(changed);
            flags = flags.or(changed);
        }
    }

    /** Returns whether there was one. */
    private boolean quantifier(int start) {
        if (flags.verbose()) {
            while (source.skipVerbose()) {
                // white space before a quantifier says nothing
            }
        }
        String bounds = source.quantifier();
        if (bounds == null) {
            return false;
        }
        if (out.length() == start) {
            throw source.problem("nothing to repeat");
        }
        out.append(bounds);
        if (source.at('?') || source.at('+')) {
            out.append(source.next());
        }
        if (source.quantifier() != null) {
            throw source.problem("multiple repeat");
        }
        return true;
    }
}
