package org.ipspipeline.bpf;

import java.util.BitSet;
import java.util.Collection;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;

/**
 * Which port sets each port is in: the map {@code ports} of xdp_filter.c, and a copy of it here.
 *
 * <pre>
 *   index: TCP port, or 65536 + UDP port, or 131072 for packets that hide their port
 *   value: up to 8 numbers of port sets, a byte each from the lowest one on; zero ends the list
 * </pre>
 *
 * <p>Safe for use by many threads.
 */
final class PortSets {

    private static final int UDP = PortRange.PORTS;
    private static final int HIDDEN = 2 * PortRange.PORTS;
    private static final int BATCH = 4096;

    private final BpfMap map;
    private final long[] lists = new long[HIDDEN + 1];
    private final BitSet defined = new BitSet();

    /** Takes no sets over: what a process before this one meant by its numbers is not known. */
    PortSets(BpfMap map) {
        this.map = map;
        if (hasEntries()) {
            write(all());
        }
    }

    private boolean hasEntries() {
        boolean[] found = {false};
        map.forEach((keys, key, values, value) -> found[0] |= values.getLong(value) != 0);
        return found[0];
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, HIDDEN + 1);
        return all;
    }

    /**
     * Defines a set.
     *
     * @return false, and nothing changed, if one of the ports is in as many sets as it can be
     */
    synchronized boolean define(int number, Collection<PortRange> ranges) {
        if (number < 1 || number > XdpFilter.MAX_PORT_SETS || defined.get(number)) {
            throw new IllegalArgumentException("there is no free port set " + number);
        }
        BitSet members = members(ranges);
        if (members.stream().anyMatch(index -> isFull(lists[index]))) {
            return false;
        }
        defined.set(number);
        if (!isFull(lists[HIDDEN])) {
            members.set(HIDDEN);
        }
        members.stream().forEach(index -> lists[index] = append(lists[index], number));
        write(members);
        return true;
    }

    private static BitSet members(Collection<PortRange> ranges) {
        BitSet members = new BitSet();
        for (PortRange range : ranges) {
            if (range.tcp()) {
                members.set(range.first(), range.last() + 1);
            }
            if (range.udp()) {
                members.set(UDP + range.first(), UDP + range.last() + 1);
            }
        }
        return members;
    }

    private static boolean isFull(long list) {
        return list >>> (Long.SIZE - Byte.SIZE) != 0;
    }

    private static long append(long list, int number) {
        int used = Long.SIZE - Long.numberOfLeadingZeros(list);
        int place = (used + Byte.SIZE - 1) / Byte.SIZE;
        return list | (long) number << (place * Byte.SIZE);
    }

    private void write(BitSet indices) {
        NativeMemory keys = new NativeMemory(BATCH * Integer.BYTES);
        NativeMemory values = new NativeMemory(BATCH * Long.BYTES);
        int count = 0;
        for (int index = indices.nextSetBit(0); index >= 0; index = indices.nextSetBit(index + 1)) {
            keys.bytes().putInt(count * Integer.BYTES, index);
            values.bytes().putLong(count * Long.BYTES, lists[index]);
            count++;
            if (count == BATCH) {
                map.updateBatch(keys, values, count, unfit -> {});
                count = 0;
            }
        }
        if (count > 0) {
            map.updateBatch(keys, values, count, unfit -> {});
        }
    }
}
