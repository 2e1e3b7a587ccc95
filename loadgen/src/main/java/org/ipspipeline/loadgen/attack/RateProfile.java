package org.ipspipeline.loadgen.attack;

/** How the rate of an attack goes up and down, as the packets due from its beginning to a moment. */
@FunctionalInterface
interface RateProfile {

    /**
     * {@return how many packets are due by then; never fewer than before}
     *
     * @param seconds since the attack began
     */
    double due(double seconds);

    /**
     * {@return the same rate all the time}
     *
     * @param pps packets a second
     */
    static RateProfile constant(double pps) {
        return seconds -> pps * seconds;
    }
}
