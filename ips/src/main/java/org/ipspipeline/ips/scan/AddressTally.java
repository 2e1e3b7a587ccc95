package org.ipspipeline.ips.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectLongHashMap;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;

/** How often each address was found. For one thread. */
final class AddressTally {

    /** IPv4 addresses are most of all, and fit into one long. */
    private final LongLongHashMap ipv4 = new LongLongHashMap();

    private final ObjectLongHashMap<Ipv6> ipv6 = new ObjectLongHashMap<>();

    private record Ipv6(long high, long low) {}

    /**
     * An address and how often it was found.
     *
     * @param address as text
     * @param matches how often
     */
    record Count(String address, long matches) {}

    void add(long high, long low) {
        if (Addresses.isIpv4(high, low)) {
            ipv4.addToValue(low, 1);
        } else {
            ipv6.addToValue(new Ipv6(high, low), 1);
        }
    }

    /** How many different addresses there were. */
    long distinct() {
        return ipv4.size() + (long) ipv6.size();
    }

    /** The addresses found most often, the first one most. */
    List<Count> top(int most) {
        List<Count> counts = new ArrayList<>();
        ipv4.forEachKeyValue((low, matches) -> counts.add(new Count(AddressFormatter.toString(0, low), matches)));
        ipv6.forEachKeyValue((address, matches) ->
                counts.add(new Count(AddressFormatter.toString(address.high(), address.low()), matches)));
        return counts.stream()
                .sorted(Comparator.comparingLong(Count::matches).reversed().thenComparing(Count::address))
                .limit(most)
                .toList();
    }
}
