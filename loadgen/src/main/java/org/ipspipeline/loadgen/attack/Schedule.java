package org.ipspipeline.loadgen.attack;

/**
 * Holds a sending thread to its share of a {@link RateProfile}. A thread that was kept from sending catches up, by a tenth of a
 * second's packets at most: what is behind that is given up and counted, so that a stall does not end in a flood.
 */
final class Schedule {

    private static final double CATCH_UP_SECONDS = 0.1;

    private final RateProfile profile;
    private final double share;
    private double givenUp;

    /**
     * Makes the schedule of a thread.
     *
     * @param profile of all threads together
     * @param share of this one: 1 for a single thread
     */
    Schedule(RateProfile profile, double share) {
        this.profile = profile;
        this.share = share;
    }

    /**
     * {@return how many packets may be sent now}
     *
     * @param seconds since the attack began
     * @param sent packets sent since then
     */
    long due(double seconds, long sent) {
        double scheduled = profile.due(seconds) * share;
        double behind = scheduled - givenUp - sent;
        // What came due within the time to catch up is kept, whatever the rate was then.
        double recent = scheduled - profile.due(Math.max(0, seconds - CATCH_UP_SECONDS)) * share;
        if (behind > recent + 1) {
            givenUp += behind - recent;
            return (long) recent;
        }
        return (long) behind;
    }

    /**
     * {@return how many packets should have been sent}
     *
     * @param seconds since the attack began
     */
    double scheduled(double seconds) {
        return profile.due(seconds) * share;
    }
}
