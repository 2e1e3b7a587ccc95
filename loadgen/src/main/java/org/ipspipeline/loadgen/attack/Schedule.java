package org.ipspipeline.loadgen.attack;

/**
 * Holds a sending thread to its share of a {@link RateProfile}. A thread that was kept from sending catches up, by what came due
 * in the profile's time to catch up at most: what is behind that is given up, so that a stall does not end in a flood.
 */
final class Schedule {

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
        double before = Math.max(0, seconds - profile.catchUpSeconds());
        double recent = before == 0 ? scheduled : scheduled - profile.due(before) * share;
        if (behind > recent + 1) {
            givenUp += behind - recent;
            return (long) recent;
        }
        return (long) behind;
    }
}
