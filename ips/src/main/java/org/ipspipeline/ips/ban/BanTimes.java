package org.ipspipeline.ips.ban;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.configuration.BanTime;
import org.ipspipeline.ips.count.FailureRule;

/**
 * How long the bans of a jail are, by how many there were before: fail2ban's {@code bantime} and {@code bantime.increment}
 * with all that belongs to it. Immutable.
 */
public final class BanTimes {

    /** Bans that are all as long as the jail's rule says. */
    public static final BanTimes FIXED = of(BanTime.fixed(-1));

    private static final int LARGEST_SHIFT = 20;

    private final BanTime rules;
    private final BanFormula formula;

    private BanTimes(BanTime rules, BanFormula formula) {
        this.rules = rules;
        this.formula = formula;
    }

    /**
     * Reads a jail's rules.
     *
     * @param rules as configured
     * @return how long its bans are
     * @throws IllegalArgumentException if the formula cannot be understood; the message is one line that says where
     */
    public static BanTimes of(BanTime rules) {
        String formula = rules.formula();
        return new BanTimes(rules, BanFormula.parse(formula == null ? BanFormula.DEFAULT : formula));
    }

    /**
     * {@return whether earlier bans make a ban longer, and failures weigh more}
     */
    public boolean increments() {
        return rules.increment() && rules.seconds() > 0;
    }

    /**
     * {@return whether bans in other jails count as earlier ones}
     */
    public boolean overAllJails() {
        return rules.overAllJails();
    }

    /**
     * How long a ban is.
     *
     * @param earlier how many bans there were before
     * @param chance 0 to 1, drawn anew for each ban, so that nobody can work out when it ends
     * @return nanoseconds, or {@link FailureRule#FOREVER}
     */
    public long nanos(int earlier, double chance) {
        if (!increments() || earlier == 0) {
            return rules.seconds() < 0 ? FailureRule.FOREVER : TimeUnit.SECONDS.toNanos(rules.seconds());
        }
        List<Double> multipliers = rules.multipliers();
        double first = (double) rules.seconds();
        double seconds = multipliers.isEmpty()
                ? Math.max(formula.seconds(first, earlier, rules.factor()), first)
                : first * rules.factor() * multipliers.get(Math.min(earlier, multipliers.size() - 1));
        if (rules.maxSeconds() >= 0) {
            seconds = Math.min(seconds, (double) rules.maxSeconds());
        }
        seconds += chance * Math.max(rules.randomSeconds(), 0);
        // A formula that goes wild bans for ever rather than not at all.
        double nanos = seconds * TimeUnit.SECONDS.toNanos(1);
        return nanos < Long.MAX_VALUE ? Math.max((long) nanos, 1) : FailureRule.FOREVER;
    }

    /**
     * How many failures one of an address with a past stands for.
     *
     * @param earlier how many bans there were before, above 0
     * @param maxRetry how many failures ban
     * @return 1 to {@code maxRetry}
     */
    static int weight(int earlier, int maxRetry) {
        int weight = (1 << Math.min(earlier, LARGEST_SHIFT)) / 2 + 1;
        return Math.min(weight, maxRetry);
    }
}
