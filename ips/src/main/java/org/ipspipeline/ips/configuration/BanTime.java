package org.ipspipeline.ips.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a jail bans, and how that grows with every further ban of the same address.
 *
 * @param seconds the first ban; negative for one that does not end
 * @param increment whether later bans are longer
 * @param factor what the growth is multiplied with
 * @param formula how a ban follows from the count of earlier ones, in fail2ban's own words; null for its default, doubling
 * @param multipliers what the first ban is multiplied with at each further ban, in place of the formula; empty for none
 * @param maxSeconds no ban is longer; negative for no limit
 * @param randomSeconds up to this much is added by chance
 * @param overAllJails whether bans in other jails count as earlier ones
 */
public record BanTime(
        long seconds,
        boolean increment,
        double factor,
        @Nullable String formula,
        List<Double> multipliers,
        long maxSeconds,
        long randomSeconds,
        boolean overAllJails) {

    /** Copies the list. */
    public BanTime {
        multipliers = List.copyOf(multipliers);
    }

    /** Bans that are all equally long. */
    public static BanTime fixed(long seconds) {
        return new BanTime(seconds, false, 1, null, List.of(), -1, 0, false);
    }
}
