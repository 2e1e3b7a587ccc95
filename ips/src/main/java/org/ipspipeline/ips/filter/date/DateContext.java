package org.ipspipeline.ips.filter.date;

import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a date without a year or a zone is completed with.
 *
 * @param clock tells the present
 * @param zone of dates that name none
 * @param logTimeZone a fixed offset that is used in place of the zone, such as {@code UTC+0200} or {@code CET}; null for none
 * @param firstYear the first year that the exact year patterns accept
 * @param lastYear the last one; the rest of its decade is accepted too
 */
public record DateContext(
        InstantSource clock, ZoneId zone, @Nullable String logTimeZone, int firstYear, int lastYear) {

    /** What fail2ban's server accepts first. */
    public static final int SERVER_FIRST_YEAR = 2000;

    /** What {@code fail2ban-regex} accepts first. */
    public static final int LENIENT_FIRST_YEAR = 1960;

    private static final int YEARS_AHEAD = 3;

    /** Checks the zone's name. */
    public DateContext {
        if (logTimeZone != null && ZoneNames.offsetMinutes(logTimeZone) == ZoneNames.UNKNOWN) {
            throw new IllegalArgumentException("'" + logTimeZone
                    + "' is no time zone that is known here: write an offset such as UTC+0200, or an abbreviation");
        }
    }

    /** This machine's clock and zone. A daemon that starts now may run for some years. */
    public static DateContext ofSystem() {
        return of(Clock.systemUTC(), ZoneId.systemDefault(), SERVER_FIRST_YEAR);
    }

    /** A clock and a zone; years are accepted up to three years after the machine's present, as fail2ban does. */
    public static DateContext of(InstantSource clock, ZoneId zone, int firstYear) {
        return new DateContext(clock, zone, null, firstYear, LocalDate.now(zone).getYear() + YEARS_AHEAD);
    }

    /** The same with a fixed offset for dates that name no zone. */
    public DateContext withLogTimeZone(@Nullable String name) {
        return new DateContext(clock, zone, name, firstYear, lastYear);
    }
}
