package org.ipspipeline.ips.filter.date;

import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.Text;

/** Reads a date whose parts are named groups, as {@link DateFields} names them. */
final class CalendarReading implements DateReading {

    private static final int MICROS = 1_000_000;

    private final int[] groups = new int[128];

    /**
     * @param named the numbers of the groups by name
     */
    CalendarReading(Map<String, Integer> named) {
        named.forEach((name, group) -> {
            if (name.length() == 1 && name.charAt(0) < groups.length) {
                groups[name.charAt(0)] = group;
            }
        });
    }

    @Override
    public long micros(Searcher match, Text text, Scratch scratch) {
        CalendarDate date = scratch.date();
        date.clear();
        date.year = number(match, text, 'Y', CalendarDate.ABSENT);
        int shortYear = number(match, text, 'y', CalendarDate.ABSENT);
        if (shortYear != CalendarDate.ABSENT) {
            date.year = 2000 + shortYear;
        }
        date.month = number(match, text, 'm', CalendarDate.ABSENT);
        date.month = name(match, text, 'b', DateFields.MONTHS, date.month - 1) + 1;
        date.month = name(match, text, 'B', DateFields.MONTHS, date.month - 1) + 1;
        if (date.month == 0) {
            date.month = CalendarDate.ABSENT;
        }
        date.day = number(match, text, 'd', CalendarDate.ABSENT);
        date.dayOfYear = number(match, text, 'j', CalendarDate.ABSENT);
        date.weekday = name(match, text, 'a', DateFields.WEEKDAYS, date.weekday);
        date.weekday = name(match, text, 'A', DateFields.WEEKDAYS, date.weekday);
        int sundayFirst = number(match, text, 'w', CalendarDate.ABSENT);
        if (sundayFirst != CalendarDate.ABSENT) {
            date.weekday = (sundayFirst + 6) % 7;
        }
        readWeek(match, text, date);
        readTime(match, text, date);
        if (!readZone(match, 'z', date) || !readZone(match, 'Z', date)) {
            return CalendarDate.INVALID;
        }
        long seconds = date.seconds(scratch.context(), scratch.defaultOffset());
        return seconds == CalendarDate.INVALID ? CalendarDate.INVALID : seconds * MICROS;
    }

    private void readWeek(Searcher match, Text text, CalendarDate date) {
        date.week = number(match, text, 'U', CalendarDate.ABSENT);
        int mondayFirst = number(match, text, 'W', CalendarDate.ABSENT);
        if (mondayFirst != CalendarDate.ABSENT) {
            date.week = mondayFirst;
            date.weekStartsOnMonday = true;
        }
    }

    private void readTime(Searcher match, Text text, CalendarDate date) {
        date.hour = number(match, text, 'H', 0);
        int hour = number(match, text, 'I', CalendarDate.ABSENT);
        if (hour != CalendarDate.ABSENT) {
            date.hour = hour;
            date.twelveHours = true;
            int half = start(match, 'p');
            date.afternoon = half >= 0 && (text.at(half) | 0x20) == 'p';
        }
        date.minute = number(match, text, 'M', 0);
        date.second = number(match, text, 'S', 0);
    }

    /** Returns whether the zone, if there is one, is known. */
    private boolean readZone(Searcher match, char field, CalendarDate date) {
        if (start(match, field) < 0) {
            return true;
        }
        String name = match.group(groups[field]);
        date.offsetMinutes = name == null ? ZoneNames.UNKNOWN : ZoneNames.offsetMinutes(name);
        return date.offsetMinutes != ZoneNames.UNKNOWN;
    }

    private int start(Searcher match, char field) {
        return groups[field] == 0 ? -1 : match.start(groups[field]);
    }

    private int number(Searcher match, Text text, char field, int otherwise) {
        int from = start(match, field);
        if (from < 0) {
            return otherwise;
        }
        int number = 0;
        for (int i = from; i < match.end(groups[field]); i++) {
            // %d may begin with a blank; digits beyond ASCII are digits to Python as well.
            int digit = Character.digit(text.at(i), 10);
            number = digit < 0 ? number : number * 10 + digit;
        }
        return number;
    }

    private int name(Searcher match, Text text, char field, List<String> names, int otherwise) {
        int from = start(match, field);
        if (from < 0) {
            return otherwise;
        }
        int length = match.end(groups[field]) - from;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean same = length <= name.length();
            for (int j = 0; same && j < length; j++) {
                same = (text.at(from + j) | 0x20) == name.charAt(j);
            }
            if (same) {
                return i;
            }
        }
        return otherwise;
    }
}
