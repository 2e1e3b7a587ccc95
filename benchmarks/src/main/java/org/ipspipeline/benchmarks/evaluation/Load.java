package org.ipspipeline.benchmarks.evaluation;

import java.util.Locale;

/**
 * How much attackers send.
 *
 * @param share of what the sender can do alone, by the calibration run; 1 for as much as it can now
 * @param pps packets a second where a rate is given instead; 0 otherwise
 * @param threads that send
 */
record Load(double share, long pps, int threads) {

    /** {@return a share of what the sender can do} */
    static Load share(double share) {
        return new Load(share, 0, 1);
    }

    /** {@return a rate} */
    static Load rate(long pps) {
        return new Load(0, pps, 1);
    }

    /** {@return as much as possible, from several threads} */
    static Load maximum(int threads) {
        return new Load(1, 0, threads);
    }

    /** {@return what the attackers are told} */
    String option(double senderAlone) {
        if (pps > 0) {
            return String.valueOf(pps);
        }
        return share >= 1 ? "max" : String.valueOf(Math.max(1, Math.round(share * senderAlone)));
    }

    /** For people. */
    String title() {
        if (pps > 0) {
            return String.format(Locale.ROOT, "%,d pps", pps);
        }
        String part = Math.round(100 * share) + " % of the sender";
        return threads == 1 ? part : part + ", " + threads + " threads";
    }
}
