package org.ipspipeline.ips.enforce;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sets of ports that jails ban from, by number. A number stands for the same ports until the end, and enforcers that
 * {@linkplain Enforcer#distinguishesPorts() tell ports apart} know them all.
 *
 * <p>Safe for use by any number of threads.
 */
public final class PortSets {

    /** In place of a set: the ban holds for all that its source sends. */
    public static final int EVERYTHING = 0;

    /** How many sets there can be. */
    public static final int MAX_NUMBER = 127;

    private static final Logger LOG = LoggerFactory.getLogger(PortSets.class);

    private final List<Enforcer> enforcers;
    private final List<Enforcer> coarse;
    private final List<Ports> sets = new ArrayList<>();

    /**
     * @param enforcers are told of all sets
     */
    public PortSets(List<Enforcer> enforcers) {
        this.enforcers = enforcers.stream().filter(Enforcer::distinguishesPorts).toList();
        // Who tells jails apart puts bans into force in the jail's own way.
        coarse = enforcers.stream()
                .filter(enforcer -> !enforcer.distinguishesPorts() && !enforcer.distinguishesJails())
                .toList();
    }

    /**
     * The number of a set, which is made known to the enforcers if it is new.
     *
     * @param ports which ones; null for all
     * @return from 1; {@link #EVERYTHING} for all
     * @throws IllegalArgumentException if an enforcer has no room for another set; the message says what to change
     */
    public synchronized int number(@Nullable Ports ports) {
        if (ports == null) {
            return EVERYTHING;
        }
        int known = sets.indexOf(ports);
        if (known >= 0) {
            return known + 1;
        }
        if (sets.isEmpty()) {
            coarse.forEach(
                    enforcer -> LOG.warn("{}: bans hold for all ports: it cannot tell ports apart", enforcer.name()));
        }
        int number = sets.size() + 1;
        if (number > MAX_NUMBER) {
            throw new IllegalArgumentException("there are more than " + MAX_NUMBER + " sets of ports, and no room for "
                    + ports + ": let jails have the same ports, or all");
        }
        // A number that one enforcer knows is never used for other ports, even if the next one refuses.
        sets.add(ports);
        for (Enforcer enforcer : enforcers) {
            if (!enforcer.define(number, ports)) {
                throw new IllegalArgumentException(
                        enforcer.name() + " cannot tell more sets of ports apart than it does"
                                + " already, and has no room for " + ports + ": let jails have the same ports, or all");
            }
        }
        return number;
    }
}
