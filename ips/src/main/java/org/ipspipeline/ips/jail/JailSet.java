package org.ipspipeline.ips.jail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.enforce.PortSets;
import org.jspecify.annotations.Nullable;

/**
 * The jails that are at work together. Immutable: {@link #next} makes the set that follows it, in which a jail that stays keeps
 * its number and its meter, and what did not change of it is the same object.
 */
public final class JailSet {

    /** No jail. */
    public static final JailSet EMPTY = new JailSet(Map.of(), 0);

    private final Map<String, ActiveJail> jails;

    /** A number is never used again: what is counted under that of a jail that is gone must not come upon another. */
    private final int nextNumber;

    private JailSet(Map<String, ActiveJail> jails, int nextNumber) {
        this.jails = jails;
        this.nextNumber = nextNumber;
    }

    /**
     * Compiles the jails that follow these.
     *
     * @param settings all of them
     * @param portSets the daemon's; sets that are new are defined
     * @return a new set
     * @throws ConfigurationException naming the first thing that is wrong; this set is as it was
     */
    public JailSet next(List<Jail> settings, PortSets portSets) {
        Map<String, ActiveJail> compiled = new LinkedHashMap<>();
        int number = nextNumber;
        for (Jail jail : settings) {
            ActiveJail earlier = jails.get(jail.name());
            ActiveJail made = earlier == null
                    ? ActiveJail.compile(jail, number++, new JailMeter(), portSets, null)
                    : ActiveJail.compile(jail, earlier.number(), earlier.meter(), portSets, earlier);
            compiled.put(jail.name(), made);
        }
        return new JailSet(compiled, number);
    }

    /** {@return all of them, in the order of the configuration} */
    public List<ActiveJail> jails() {
        return List.copyOf(jails.values());
    }

    /** {@return what to do about their failures} */
    public List<JailPolicy> policies() {
        return jails.values().stream().map(ActiveJail::policy).toList();
    }

    /** {@return the jails of this set of whose names another has none} */
    public List<ActiveJail> without(JailSet other) {
        List<ActiveJail> gone = new ArrayList<>(jails.values());
        gone.removeIf(jail -> other.jails.containsKey(jail.name()));
        return gone;
    }

    /** {@return the jail of that name, or null} */
    public @Nullable ActiveJail find(String name) {
        return jails.get(name);
    }

    /** {@return the jail of that number, or null} */
    public @Nullable ActiveJail find(int number) {
        for (ActiveJail jail : jails.values()) {
            if (jail.number() == number) {
                return jail;
            }
        }
        return null;
    }
}
