package org.ipspipeline.ips.filter.date;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The parts of a date as a line gives them, and the moment that they name once the missing ones are filled in. Reusable, for
 * one thread.
 */
final class CalendarDate {

    /** No moment: the parts contradict each other or the calendar. */
    static final long INVALID = Long.MIN_VALUE;

    /** A part that the line does not give. */
    static final int ABSENT = -1;

    private static final long DAY = 86_400;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int weekday;
    int dayOfYear;
    int week;
    boolean weekStartsOnMonday;
    boolean afternoon;
    boolean twelveHours;
    /** Minutes east of Greenwich, or {@link ZoneNames#UNKNOWN} if the line gives no zone. */
    int offsetMinutes;

    private ZoneId cachedZone = ZoneOffset.UTC;
    private long cachedQuarter = Long.MIN_VALUE;
    private long cachedOffset;

    /** Forgets all parts. */
    void clear() {
        year = ABSENT;
        month = ABSENT;
        day = ABSENT;
        hour = 0;
        minute = 0;
        second = 0;
        weekday = ABSENT;
        dayOfYear = ABSENT;
        week = ABSENT;
        weekStartsOnMonday = false;
        afternoon = false;
        twelveHours = false;
        offsetMinutes = ZoneNames.UNKNOWN;
    }

    /**
     * The moment, in seconds since 1970. A missing year is this year, or the last one if that would lie in the future; a
     * missing day is today, or yesterday.
     *
     * @param context fills in what is missing
     * @param defaultOffset minutes east of Greenwich for a date without zone, or {@link ZoneNames#UNKNOWN}
     * @return {@link #INVALID} if there is no such moment
     */
    long seconds(DateContext context, int defaultOffset) {
        boolean assumeYear = year == ABSENT;
        boolean assumeDay = false;
        LocalDateTime now = null;
        if (assumeYear || month == ABSENT) {
            now = LocalDateTime.ofInstant(context.clock().instant(), context.zone());
        }
        if (assumeYear && now != null) {
            year = now.getYear();
        }
        if (month == ABSENT || day == ABSENT) {
            fromDayOfYear();
        }
        if (month == ABSENT && day == ABSENT && now != null) {
            month = now.getMonthValue();
            day = now.getDayOfMonth();
            assumeDay = true;
        }
        if (twelveHours) {
            hour = hour == 12 ? (afternoon ? 12 : 0) : hour + (afternoon ? 12 : 0);
        }
        if (!isOnCalendar()) {
            return INVALID;
        }
        int offset = offsetMinutes != ZoneNames.UNKNOWN ? offsetMinutes : defaultOffset;
        boolean hasOffset = offset != ZoneNames.UNKNOWN;
        long local = days(year, month, day) * DAY + hour * 3600L + minute * 60L + second;
        long result = hasOffset ? local - offset * 60L : local;
        if (now != null) {
            // As fail2ban does, the present is compared as this zone's wall clock, whatever zone the date is in.
            long present = now.toEpochSecond(ZoneOffset.UTC);
            if (assumeDay && result > present) {
                result -= DAY;
            }
            if (assumeYear && result > present + DAY) {
                if (month == 2 && day == 29) {
                    return INVALID;
                }
                result = days(year - 1, month, day) * DAY + Math.floorMod(result, DAY);
            }
        }
        return hasOffset ? result : result - zoneOffset(context.zone(), result);
    }

    private boolean isOnCalendar() {
        return year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= (month == 2 && isLeap(year) ? 29 : DAYS[month - 1])
                && hour <= 23
                && minute <= 59
                && second <= 59;
    }

    private void fromDayOfYear() {
        if (dayOfYear == ABSENT && week != ABSENT && weekday != ABSENT) {
            dayOfYear = dayOfWeekInYear();
        }
        if (dayOfYear != ABSENT) {
            LocalDate date = LocalDate.of(year, 1, 1).plusDays(dayOfYear - 1L);
            year = date.getYear();
            month = date.getMonthValue();
            day = date.getDayOfMonth();
        }
    }

    private int dayOfWeekInYear() {
        int first = LocalDate.of(year, 1, 1).getDayOfWeek().getValue() - 1;
        int wanted = weekday;
        if (!weekStartsOnMonday) {
            first = (first + 1) % 7;
            wanted = (wanted + 1) % 7;
        }
        int weekZero = (7 - first) % 7;
        return week == 0 ? 1 + wanted - first : 1 + weekZero + 7 * (week - 1) + wanted;
    }

    /** Seconds east of Greenwich at a local time; the rules of the zone are asked once for each quarter of an hour. */
    private long zoneOffset(ZoneId zone, long local) {
        long quarter = Math.floorDiv(local, 900);
        if (quarter != cachedQuarter || !zone.equals(cachedZone)) {
            LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
            cachedOffset = zone.getRules().getOffset(time).getTotalSeconds();
            cachedZone = zone;
            cachedQuarter = quarter;
        }
        return cachedOffset;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days since 1970 of a date of the Gregorian calendar. */
    private static long days(int year, int month, int day) {
        long shifted = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
