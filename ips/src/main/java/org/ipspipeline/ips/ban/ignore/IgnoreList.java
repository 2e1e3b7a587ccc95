package org.ipspipeline.ips.ban.ignore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.address.AddressRanges;
import org.ipspipeline.ips.configuration.IgnoreRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of prefixes to ignore, some of which change: names are resolved and files read anew with each {@link #refresh()}.
 * Any thread may ask it, without a lock and without allocation.
 */
public final class IgnoreList {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoreList.class);

    /** Ignores nobody. */
    public static final IgnoreList EMPTY = of(List.of());

    private final Entry[] entries;
    private volatile AddressRanges ranges = AddressRanges.EMPTY;

    private IgnoreList(List<IgnoreSource> sources) {
        entries = sources.stream().map(Entry::new).toArray(Entry[]::new);
        refresh();
    }

    /**
     * A list that never changes.
     *
     * @param prefixes whom to ignore
     * @return the list
     */
    public static IgnoreList of(Collection<AddressPrefix> prefixes) {
        List<AddressPrefix> fixed = List.copyOf(prefixes);
        return new IgnoreList(List.of(() -> fixed));
    }

    /**
     * What a jail ignores by {@code ignoreip} and {@code ignoreself}. Names are resolved here for the first time, so this may
     * take as long as that does; what cannot be had is logged, and tried again with each refresh.
     *
     * @param rules as configured
     * @return the list
     */
    public static IgnoreList of(IgnoreRules rules) {
        List<IgnoreSource> sources = new ArrayList<>();
        rules.addresses().forEach(entry -> sources.add(IgnoreSources.of(entry)));
        if (rules.self()) {
            sources.add(IgnoreSources::ownAddresses);
        }
        return new IgnoreList(sources);
    }

    /**
     * {@return whether to ignore an address}
     *
     * @param high the address's upper half
     * @param low the address's lower half
     */
    public boolean contains(long high, long low) {
        return ranges.contains(high, low);
    }

    /**
     * {@return whether to ignore an address of a prefix}
     *
     * @param prefix of any length
     */
    public boolean overlaps(AddressPrefix prefix) {
        return ranges.overlaps(prefix);
    }

    /** Asks all sources anew. One that cannot say now keeps what it said last. */
    public synchronized void refresh() {
        List<AddressPrefix> all = new ArrayList<>();
        for (Entry entry : entries) {
            entry.refresh();
            all.addAll(entry.prefixes);
        }
        ranges = AddressRanges.of(all);
    }

    /** A source, with what it said last. */
    private static final class Entry {

        private final IgnoreSource source;
        private List<AddressPrefix> prefixes = List.of();
        private boolean failing;

        private Entry(IgnoreSource source) {
            this.source = source;
        }

        private void refresh() {
            try {
                prefixes = source.ask();
                failing = false;
            } catch (IOException failure) {
                if (!failing) {
                    LOG.warn("{}; trying again from time to time", failure.getMessage());
                }
                failing = true;
            }
        }
    }
}
