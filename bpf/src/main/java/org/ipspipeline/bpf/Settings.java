package org.ipspipeline.bpf;

import java.util.Optional;
import org.ipspipeline.bpf.kernel.BpfLink.Mode;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;

/**
 * The program's settings: which maps it looks into, and how it is attached.
 *
 * <p>A map's bit may be set while the map is empty, which costs time, and must not stay clear while it is not, which would
 * void its entries. So a writer puts its entries into the map first and then sees to the bit, while whoever clears the bit
 * looks once more whether the map is empty after that: one of the two sees the other.
 */
final class Settings {

    /** {@code struct settings} of xdp_filter.c. */
    private static final int SIZE = 8;

    private static final int FILLED = 0;
    private static final int MODE = 4;

    private final BpfMap map;
    private final NativeMemory key = new NativeMemory(Integer.BYTES);
    private final NativeMemory value = new NativeMemory(SIZE);
    private volatile int filled;

    /** Reads the settings of before, if any. */
    Settings(BpfMap map) {
        this.map = map;
        map.lookup(key, value);
        filled = value.bytes().getInt(FILLED);
    }

    /** How the program of a process before this one was attached. */
    synchronized Optional<Mode> mode() {
        return Optional.ofNullable(Mode.ofFlag(value.bytes().getInt(MODE)));
    }

    synchronized void setMode(Mode mode) {
        value.bytes().putInt(MODE, mode.flag());
        map.update(key, value);
    }

    /** To be called after entries were written into a map. Costs nothing when its bit is set, as nearly always. */
    void markFilled(FilterMap filter) {
        if ((filled & filter.bit()) == 0) {
            set(filter.bit());
        }
    }

    /** Clears a map's bit if the map is empty. */
    synchronized void clearIfEmpty(FilterMap filter, BpfMap entries) {
        if ((filled & filter.bit()) != 0 && entries.isEmpty()) {
            write(filled & ~filter.bit());
            if (!entries.isEmpty()) {
                write(filled | filter.bit());
            }
        }
    }

    private synchronized void set(int bit) {
        write(filled | bit);
    }

    private void write(int bits) {
        filled = bits;
        value.bytes().putInt(FILLED, bits);
        map.update(key, value);
    }
}
