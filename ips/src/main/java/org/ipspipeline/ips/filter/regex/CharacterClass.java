package org.ipspipeline.ips.filter.regex;

/** Translates a set in brackets: in Python, an inner bracket or {@code &&} is nothing special. */
final class CharacterClass {

    private final PythonSource source;
    private final CharacterSets sets;
    private final StringBuilder out = new StringBuilder("[");

    private CharacterClass(PythonSource source, CharacterSets sets) {
        this.source = source;
        this.sets = sets;
    }

    /**
     * Translates a set.
     *
     * @param source after the opening bracket; afterwards after the closing one
     * @param sets what {@code \w} and the like stand for
     */
    static String translate(PythonSource source, CharacterSets sets) {
        CharacterClass characterClass = new CharacterClass(source, sets);
        if (source.take('^')) {
            characterClass.out.append('^');
        }
        boolean first = true;
        while (first || !source.at(']')) {
            characterClass.item();
            first = false;
        }
        source.next();
        return characterClass.out.append(']').toString();
    }

    private void item() {
        int from = character();
        if (from < 0) {
            return;
        }
        if (source.at('-')) {
            source.next();
            if (source.at(']')) {
                Literals.append(out, from);
                out.append("\\-");
                return;
            }
            int to = character();
            if (to < from) {
                throw source.problem("bad character range");
            }
            Literals.append(out, from);
            out.append('-');
            Literals.append(out, to);
            return;
        }
        Literals.append(out, from);
    }

    /** Reads one character; writes a set such as {@code \w} itself and returns -1 for it. */
    private int character() {
        if (source.atEnd()) {
            throw source.problem("unterminated character set");
        }
        if (!source.take('\\')) {
            return source.nextCodePoint();
        }
        if (!source.atEnd() && "dDsSwW".indexOf(source.peek()) >= 0) {
            out.append(sets.of(source.next()));
            return -1;
        }
        return source.take('b') ? '\b' : Literals.escaped(source);
    }
}
