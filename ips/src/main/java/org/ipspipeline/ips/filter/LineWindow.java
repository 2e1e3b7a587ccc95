package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of a log, for expressions that span several. What a match used is taken out of it; what {@code
 * <SKIPLINES>} skipped stays.
 */
final class LineWindow {

    private final int capacity;
    private List<LogLine> lines = new ArrayList<>();
    private List<LogLine> matched = List.of();
    private List<LogLine> unmatched = List.of();

    LineWindow(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a line; the oldest goes if there are too many. */
    void add(LogLine line) {
        lines.add(line);
        if (lines.size() > capacity) {
            lines = new ArrayList<>(lines.subList(1, lines.size()));
        }
    }

    /** The lines now in it. */
    List<LogLine> lines() {
        return lines;
    }

    /** What expressions see of lines: each without its date, followed by a newline. */
    static String text(List<LogLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.stripped()).append('\n'));
        return text.toString();
    }

    /**
     * Tells the lines of a match apart.
     *
     * @param match the searcher, after it has matched
     * @param text what it searched
     * @param original the lines that the text was made of
     */
    void divide(Searcher match, String text, List<LogLine> original) {
        if (original.size() <= 1) {
            matched = original;
            unmatched = List.of();
            return;
        }
        int firstLine = countNewlines(text, lineStart(text, match.start()));
        int endLine = countNewlines(text, lineEnd(text, match.end()));
        List<LogLine> inside = new ArrayList<>(original.subList(firstLine, Math.min(endLine, original.size())));
        List<LogLine> outside = new ArrayList<>(original.subList(0, firstLine));
        int from = 0;
        for (String skipped : skippedLines(match)) {
            for (int i = from; i < inside.size(); i++) {
                if (inside.get(i).stripped().equals(skipped)) {
                    outside.add(inside.remove(i));
                    from = i;
                    break;
                }
            }
        }
        outside.addAll(original.subList(Math.min(endLine, original.size()), original.size()));
        matched = inside;
        unmatched = outside;
    }

    /** The lines that the last match used. */
    List<LogLine> matched() {
        return matched;
    }

    /** Takes the lines that the last match used out of the window. */
    void removeMatched() {
        lines = new ArrayList<>(unmatched);
    }

    private static List<String> skippedLines(Searcher match) {
        StringBuilder skipped = new StringBuilder();
        for (int i = 0; match.regex().group("skiplines" + i) > 0; i++) {
            @Nullable String lines = match.group("skiplines" + i);
            skipped.append(lines == null ? "" : lines);
        }
        return skipped.toString().lines().toList();
    }

    /** The index after the last newline up to a place, that at the place itself included. */
    private static int lineStart(String text, int place) {
        return text.lastIndexOf('\n', place) + 1;
    }

    private static int lineEnd(String text, int place) {
        int newline = text.indexOf('\n', Math.max(place - 1, 0));
        return newline < 0 ? text.length() : newline + 1;
    }

    private static int countNewlines(String text, int end) {
        int count = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
            count++;
        }
        return count;
    }
}
