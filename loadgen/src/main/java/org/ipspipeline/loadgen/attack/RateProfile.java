package org.ipspipeline.loadgen.attack;

import java.time.Duration;

/**
 * How the rate of an attack goes up and down, as the packets due from its beginning to a moment.
 *
 * <pre>
 *   constant    ________      ramp   ______     burst  |  |  |     on-off  __  __
 *                                   /                  |  |  |            |  ||  |
 * </pre>
 */
interface RateProfile {

    /** How far behind a sender may fall and still catch up, where a profile does not say otherwise. */
    double CATCH_UP_SECONDS = 0.1;

    /**
     * {@return how many packets are due by then; never fewer than before}
     *
     * @param seconds since the attack began
     */
    double due(double seconds);

    /** {@return how long packets stay due that could not be sent at once} */
    default double catchUpSeconds() {
        return CATCH_UP_SECONDS;
    }

    /**
     * {@return the same rate all the time}
     *
     * @param pps packets a second
     */
    static RateProfile constant(double pps) {
        return seconds -> pps * seconds;
    }

    /**
     * {@return a rate that rises evenly from nothing, and then stays}
     *
     * @param pps packets a second in the end
     * @param rise how long it rises
     */
    static RateProfile ramp(double pps, Duration rise) {
        double length = seconds(rise);
        return seconds ->
                seconds < length ? pps * seconds * seconds / (2 * length) : pps * length / 2 + pps * (seconds - length);
    }

    /**
     * {@return all packets of a period at its beginning, as fast as they go out; what does not within the period is given up}
     *
     * @param pps packets a second on average
     * @param period from one burst to the next
     */
    static RateProfile burst(double pps, Duration period) {
        double length = seconds(period);
        return new RateProfile() {
            @Override
            public double due(double seconds) {
                return pps * length * (Math.floor(seconds / length) + 1);
            }

            @Override
            public double catchUpSeconds() {
                return length;
            }
        };
    }

    /**
     * {@return the rate for a time, then nothing for a time, and so on}
     *
     * @param pps packets a second while it is on
     * @param on how long
     * @param off how long nothing is sent
     */
    static RateProfile onOff(double pps, Duration on, Duration off) {
        double active = seconds(on);
        double period = active + seconds(off);
        return seconds -> {
            double periods = Math.floor(seconds / period);
            return pps * (periods * active + Math.min(seconds - periods * period, active));
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
