package org.ipspipeline.ips.enforce.gate;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The server's side of a gate: tells of each packet's source whether it is banned.
 *
 * <pre>{@code
 * Gate gate = Gate.open(Path.of("/dev/shm/ips.gate"));
 * if (gate.isBanned(high, low, System.nanoTime())) {
 *     continue; // with the next packet
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads and processes, without locks and without allocation. A ban ends on time even when
 * the daemon is dead.
 */
public final class Gate {

    private static final int ADDRESS_LENGTH = 128;

    private final GateTable table;

    private Gate(GateTable table) {
        this.table = table;
    }

    /**
     * Opens a gate that a daemon has made.
     *
     * @param path its file
     * @return the gate, for as long as the process lives
     * @throws IOException if there is no such file ({@link java.nio.file.NoSuchFileException}) or it is no gate; the message
     *     is one line that names it
     */
    public static Gate open(Path path) throws IOException {
        return new Gate(new GateTable(GateFile.open(path)));
    }

    /**
     * {@return whether an address, or a prefix that it lies in, is banned}
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @param nowNanos the time on the clock of {@link System#nanoTime()}
     */
    public boolean isBanned(long high, long low, long nowNanos) {
        return holds(high, low, ADDRESS_LENGTH, nowNanos)
                || isPrefixBanned(high, low, 0, nowNanos)
                || isPrefixBanned(high, low, 1, nowNanos);
    }

    private boolean isPrefixBanned(long high, long low, int half, long nowNanos) {
        for (long left = table.lengths(half); left != 0; left &= left - 1) {
            int length = (half << 6) + Long.numberOfTrailingZeros(left);
            if (holds(high & mask(length), low & mask(length - Long.SIZE), length, nowNanos)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(long high, long low, int length, long nowNanos) {
        return table.holds(table.oneBucket(high, low, length), high, low, length, nowNanos)
                || table.holds(table.otherBucket(high, low, length), high, low, length, nowNanos);
    }

    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }
}
