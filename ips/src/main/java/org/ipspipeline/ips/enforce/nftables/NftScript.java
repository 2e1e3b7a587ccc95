package org.ipspipeline.ips.enforce.nftables;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.Ports;
import org.jspecify.annotations.Nullable;

/**
 * Text for {@code nft -f}: one transaction. Elements of the same set that are changed in the same way one after the other go into
 * one command.
 */
final class NftScript {

    private static final long MILLI = 1_000_000;

    private final String table;
    private final boolean refreshes;
    private final StringBuilder text = new StringBuilder();
    private final Map<NftSet, StringBuilder> elements = new LinkedHashMap<>();
    private boolean lifting;

    /**
     * @param table the table's name
     * @param refreshes whether adding an element that is there gives it the new timeout
     */
    NftScript(String table, boolean refreshes) {
        this.table = table;
        this.refreshes = refreshes;
    }

    String text() {
        flush();
        return text.toString();
    }

    /** The table, its counters and its chain, empty but for the allow list. */
    void frame(int maxAllowed) {
        line("add table inet " + table);
        for (String family : new String[] {"4", "6"}) {
            line("add counter inet " + table + " dropped" + family);
            line("add set inet " + table + " allowed" + family + " { type ipv" + family
                    + "_addr; flags interval; auto-merge; size " + maxAllowed + "; }");
        }
        // Before connection tracking: what is dropped costs no more than that.
        line("add chain inet " + table + " guard { type filter hook prerouting priority -300; policy accept; }");
        line("flush chain inet " + table + " guard");
        line("add rule inet " + table + " guard ip saddr @allowed4 accept");
        line("add rule inet " + table + " guard ip6 saddr @allowed6 accept");
    }

    /** Whom to let through, whatever is banned. */
    void allow(Collection<AddressPrefix> prefixes) {
        line("flush set inet " + table + " allowed4");
        line("flush set inet " + table + " allowed6");
        for (AddressPrefix prefix : prefixes) {
            line("add element inet " + table + " allowed" + (prefix.isIpv4() ? "4" : "6") + " { " + prefix + " }");
        }
    }

    /** A set, if it is not there yet. */
    void set(NftSet set, int size) {
        line("add set inet " + table + " " + set.name() + " { type " + set.type() + "; flags timeout; size " + size
                + "; }");
    }

    /** The rule that drops what is in a set, on its way to some ports or, with null, at all. */
    void rule(NftSet set, @Nullable Ports ports) {
        String to = ports == null ? "" : protocols(ports) + " th dport { " + ports.list() + " } ";
        line("add rule inet " + table + " guard " + to + set.match() + " @" + set.name() + " counter name "
                + set.counter() + " drop");
    }

    private static String protocols(Ports ports) {
        return "meta l4proto " + (ports.tcp() && ports.udp() ? "{ tcp, udp }" : ports.tcp() ? "tcp" : "udp");
    }

    /** Removes a set that no rule uses. */
    void remove(String set) {
        line("delete set inet " + table + " " + set);
    }

    /** A change of a batch; a ban that is over already is left out. */
    void change(BanBatch batch, int index, long nowNanos) {
        long high = batch.high(index);
        long low = batch.low(index);
        long until = batch.untilNanos(index);
        boolean lift = until == BanBatch.LIFTED;
        if (lift != lifting) {
            flush();
            lifting = lift;
        }
        long millis = until == Long.MAX_VALUE ? Long.MAX_VALUE : (until - nowNanos) / MILLI;
        if (!lift && millis <= 0) {
            return;
        }
        StringBuilder list = elements.computeIfAbsent(
                NftSet.of(high, low, batch.prefixLength(index), batch.portSet(index)), set -> new StringBuilder());
        if (list.length() > 0) {
            list.append(", ");
        }
        list.append(AddressFormatter.toString(high, low));
        if (!lift && millis != Long.MAX_VALUE) {
            list.append(" timeout ").append(millis).append("ms");
        }
    }

    private void flush() {
        elements.forEach((set, list) -> {
            if (lifting) {
                // Deleting what is not there fails the transaction: make sure that it is.
                element("add", set, list);
                element("delete", set, list);
            } else {
                if (!refreshes) {
                    String bare = list.toString().replaceAll(" timeout \\d+ms", "");
                    element("add", set, bare);
                    element("delete", set, bare);
                }
                element("add", set, list);
            }
        });
        elements.clear();
    }

    private void element(String verb, NftSet set, CharSequence list) {
        line(verb + " element inet " + table + " " + set.name() + " { " + list + " }");
    }

    private void line(String command) {
        text.append(command).append('\n');
    }
}
