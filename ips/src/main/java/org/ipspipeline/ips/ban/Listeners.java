package org.ipspipeline.ips.ban;

import java.util.List;
import java.util.function.Consumer;
import org.ipspipeline.ips.address.AddressPrefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners about a table's bans; makes nothing of a ban when there are none, and shields all from what one throws. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<BanListener> listeners;
    private final BanTable table;

    Listeners(List<BanListener> listeners, BanTable table) {
        this.listeners = List.copyOf(listeners);
        this.table = table;
    }

    void began(int ban) {
        if (!listeners.isEmpty()) {
            Ban seen = describe(ban);
            tell(listener -> listener.began(seen));
        }
    }

    void prolonged(int ban) {
        if (!listeners.isEmpty()) {
            Ban seen = describe(ban);
            tell(listener -> listener.prolonged(seen));
        }
    }

    void ended(int ban, BanListener.End end) {
        if (!listeners.isEmpty()) {
            Ban seen = describe(ban);
            tell(listener -> listener.ended(seen, end));
        }
    }

    Ban describe(int ban) {
        return new Ban(
                table.jail(ban),
                new AddressPrefix(table.high(ban), table.low(ban), table.prefixLength(ban)),
                table.since(ban),
                table.until(ban),
                table.failures(ban),
                table.times(ban));
    }

    private void tell(Consumer<BanListener> what) {
        for (BanListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException failure) {
                LOG.error("{}: did not take the news of a ban", listener, failure);
            }
        }
    }
}
