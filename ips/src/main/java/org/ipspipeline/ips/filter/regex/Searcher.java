package org.ipspipeline.ips.filter.regex;

import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Searches texts for one expression, reusing its state: for one thread. */
public final class Searcher {

    private final PythonRegex regex;
    private final Matcher asciiMatcher;
    private @Nullable Matcher unicodeMatcher;
    private Matcher last;

    Searcher(PythonRegex regex) {
        this.regex = regex;
        this.asciiMatcher = regex.pattern(true).matcher("");
        this.last = asciiMatcher;
    }

    /** The expression. */
    public PythonRegex regex() {
        return regex;
    }

    /**
     * Searches a text for the first match.
     *
     * @param text stays unchanged for as long as the match is looked at
     * @return whether there is one
     * @throws StepBudgetExceeded if the text's budget, or the stack, is used up before that is known
     */
    public boolean find(Text text) {
        return find(text, 0, text.length());
    }

    /**
     * Searches a part of a text, which looks to the expression as if it were the whole.
     *
     * @param from the index of the part's first character
     * @param to the index after its last one
     */
    public boolean find(Text text, int from, int to) {
        last = matcher(text);
        last.reset(text).region(from, to);
        try {
            return regex.isAnchored() ? last.lookingAt() : last.find();
        } catch (StackOverflowError e) {
            // java.util.regex descends once for each repetition of a group: a long line can get too deep for the stack.
            throw new StepBudgetExceeded();
        }
    }

    private Matcher matcher(Text text) {
        if (text.isAscii()) {
            return asciiMatcher;
        }
        Matcher matcher = unicodeMatcher;
        if (matcher == null) {
            matcher = regex.pattern(false).matcher("");
            unicodeMatcher = matcher;
        }
        return matcher;
    }

    /** Whether more text at the end could have made the last match none: {@code $} held there, or a look ahead. */
    public boolean endsAtLimit() {
        return last.requireEnd();
    }

    /** Where the last match begins. */
    public int start() {
        return last.start();
    }

    /** Where the last match ends. */
    public int end() {
        return last.end();
    }

    /** Where a group of the last match begins, or -1 if it took no part. */
    public int start(int group) {
        return last.start(group);
    }

    /** Where a group of the last match ends, or -1 if it took no part. */
    public int end(int group) {
        return last.end(group);
    }

    /** The text of a group of the last match, or null if it took no part. */
    public @Nullable String group(int group) {
        return last.group(group);
    }

    /** The text of a named group of the last match, or null if it took no part or does not exist. */
    public @Nullable String group(String name) {
        int group = regex.group(name);
        return group < 0 ? null : last.group(group);
    }
}
