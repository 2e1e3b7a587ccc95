package org.ipspipeline.ips.filter.date;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.Text;

/**
 * Finds the date of each line of a log. It learns: the template that fitted the last line is tried first, and templates
 * that fit often move forward, so that a date somewhere in a message does not displace the one that the log's lines begin
 * with. For one thread and, because it learns, for one log.
 */
public final class DateDetector {

    /** A template that has not fitted for as many lines may be overtaken by any other. */
    private static final long UNUSED_LINES = 1000;

    private static final int NOWHERE = Integer.MAX_VALUE;

    private final List<Candidate> candidates = new ArrayList<>();
    private final DateReading.Scratch scratch;
    private final DetectedDate result = new DetectedDate();
    private long lines;
    private int firstUnused;
    private int lastIndex = NOWHERE;
    private int lastFrom = 1;
    private int lastTo = NOWHERE;
    private int before = -1;
    private int first = -1;
    private int last = -1;
    private int after = -1;

    /**
     * @param patterns makes the templates
     * @param datePatterns a filter's date patterns; none means the default ones
     * @param context completes dates
     * @throws IllegalArgumentException naming the pattern that is wrong
     */
    public DateDetector(DatePatterns patterns, List<String> datePatterns, DateContext context) {
        patterns.templates(datePatterns).templates().forEach(template -> candidates.add(new Candidate(template)));
        String zone = context.logTimeZone();
        int offset = zone == null ? ZoneNames.UNKNOWN : ZoneNames.offsetMinutes(zone);
        this.scratch = new DateReading.Scratch(context, offset, new CalendarDate());
    }

    /** A template and how it has fared in this log. */
    private static final class Candidate {
        final DateTemplate template;
        final Searcher searcher;
        int hits;
        long lastUsed;
        int distance = NOWHERE;

        Candidate(DateTemplate template) {
            this.template = template;
            this.searcher = template.regex().searcher();
        }

        double weight() {
            return hits * template.weight() / Math.max(1, distance);
        }
    }

    /**
     * Finds the date of a line.
     *
     * @param line without a newline, its budget large enough for some thousand steps
     * @return the same object at each call
     */
    public DetectedDate detect(Text line) {
        lines++;
        int index = search(line);
        if (index < 0) {
            result.setNone();
            return result;
        }
        Candidate winner = candidates.get(index);
        learn(winner, index, line);
        int from = winner.searcher.start(1);
        int to = winner.searcher.end(1);
        long micros =
                from == to ? CalendarDate.INVALID : winner.template.reading().micros(winner.searcher, line, scratch);
        result.set(winner.template.name(), Math.max(from, 0), Math.max(to, 0), micros);
        return result;
    }

    private int search(Text line) {
        int reserve = -1;
        int reserveDistance = NOWHERE;
        int tried = -1;
        if (lastIndex < candidates.size()) {
            Candidate candidate = candidates.get(lastIndex);
            boolean between = !candidate.template.lineBound() && hasSameEdges(line);
            boolean found = between
                    ? candidate.searcher.find(line, lastFrom, Math.min(lastTo, line.length()))
                    : candidate.searcher.find(line);
            if (!between) {
                tried = lastIndex;
            }
            if (found) {
                int distance = candidate.searcher.start();
                boolean samePlace = distance == lastFrom && candidate.searcher.end() == lastTo;
                if (candidates.size() == 1 || candidate.template.lineBound() || samePlace) {
                    return lastIndex;
                }
                reserve = lastIndex;
                reserveDistance = distance;
            }
        }
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (i == tried || !candidate.searcher.find(line)) {
                continue;
            }
            int distance = candidate.searcher.start();
            if (i + 1 == candidates.size() || candidate.template.lineBound()) {
                return i;
            }
            // Farther into the line than before: perhaps a date in the message. Keep it, but look for a nearer one.
            if (distance > candidate.distance || distance > lastFrom) {
                if (distance < reserveDistance) {
                    reserve = i;
                    reserveDistance = distance;
                }
                continue;
            }
            return i;
        }
        return reserve;
    }

    /** Whether the place of the last date is bordered as it was there: then the date is looked for only between them. */
    private boolean hasSameEdges(Text line) {
        int length = line.length();
        boolean beginning = characterAt(line, lastFrom - 1, length) == before
                || (characterAt(line, lastFrom, length) == first && !Character.isLetterOrDigit(first));
        boolean end = characterAt(line, lastTo, length) == after
                || (characterAt(line, lastTo - 1, length) == last && !Character.isLetterOrDigit(last));
        return lastFrom <= Math.min(lastTo, length) && beginning && end;
    }

    private static int characterAt(Text line, int index, int length) {
        return index >= 0 && index < length ? line.at(index) : -1;
    }

    private void learn(Candidate winner, int index, Text line) {
        winner.hits++;
        winner.lastUsed = lines;
        winner.distance = winner.searcher.start();
        if (firstUnused == index) {
            firstUnused++;
        }
        int length = line.length();
        lastFrom = winner.distance;
        lastTo = winner.searcher.end();
        before = characterAt(line, lastFrom - 1, length);
        first = characterAt(line, lastFrom, length);
        last = characterAt(line, lastTo - 1, length);
        after = characterAt(line, lastTo, length);
        lastIndex = index > 0 && index != lastIndex ? moveForward(index) : index;
    }

    private int moveForward(int index) {
        Candidate candidate = candidates.get(index);
        int target = firstUnused < index ? firstUnused : index / 2;
        if (!overtakes(candidate, target)) {
            target = index - 1;
            if (!overtakes(candidate, target)) {
                return index;
            }
        }
        candidates.remove(index);
        candidates.add(target, candidate);
        while (firstUnused < candidates.size() && candidates.get(firstUnused).hits > 0) {
            firstUnused++;
        }
        return target;
    }

    private boolean overtakes(Candidate candidate, int target) {
        Candidate other = candidates.get(target);
        return candidate.weight() > other.weight() || candidate.lastUsed - UNUSED_LINES > other.lastUsed;
    }
}
