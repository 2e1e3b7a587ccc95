package org.ipspipeline.ips.ban;

import java.util.Arrays;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.enforce.PortSets;

/**
 * The bans by number, found by prefix and jail in constant time. A ban is six words in chunks that are never copied:
 *
 * <pre>
 *   0  the prefix's upper half
 *   1  the prefix's lower half
 *   2  since, nanoseconds
 *   3  until, nanoseconds
 *   4  failures (32) | port set (7) | restored (1) | prefix length (8) | jail (16)
 *   5  how many bans of this prefix there were (32) | number of the next ban in the hash chain, or of the next free one (32)
 * </pre>
 *
 * <p>All bans of one prefix, whatever their jail, are in one chain. {@value #BYTES_A_BAN} bytes a ban, the index of all that
 * may come included. For one thread.
 */
final class BanTable {

    /** Six words and the head of a chain. */
    static final int BYTES_A_BAN = 52;

    /** Numbers no ban. */
    static final int NONE = -1;

    private static final int WORDS = 6;
    private static final int CHUNK_SHIFT = 12;
    private static final int CHUNK = 1 << CHUNK_SHIFT;

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int SINCE = 2;
    private static final int UNTIL = 3;
    private static final int KEY = 4;
    private static final int LINK = 5;

    private static final long RESTORED = 1L << 24;
    private static final int PORT_SET_SHIFT = 25;
    private static final long PORT_SET = (long) PortSets.MAX_NUMBER << PORT_SET_SHIFT;

    private final int capacity;
    private final AddressHash hash;
    private final int[] heads;
    private final long[][] chunks;
    private int used;
    private int free = NONE;
    private int size;

    BanTable(int capacity, AddressHash hash) {
        this.capacity = capacity;
        this.hash = hash;
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
        chunks = new long[(capacity + CHUNK - 1) >>> CHUNK_SHIFT][];
    }

    int size() {
        return size;
    }

    /** One more than the largest number of a ban that there has been. */
    int bound() {
        return used;
    }

    /** Finds a ban, or NONE. */
    int find(long high, long low, int prefixLength, int jail) {
        for (int ban = firstOf(high, low, prefixLength); ban != NONE; ban = nextOf(ban)) {
            if (jail(ban) == jail) {
                return ban;
            }
        }
        return NONE;
    }

    /** The first ban of a prefix, whatever its jail, or NONE. */
    int firstOf(long high, long low, int prefixLength) {
        return matching(heads[head(high, low, prefixLength)], high, low, prefixLength);
    }

    /** The next ban of the same prefix, or NONE. */
    int nextOf(int ban) {
        return matching(next(ban), high(ban), low(ban), prefixLength(ban));
    }

    private int matching(int from, long high, long low, int prefixLength) {
        int ban = from;
        while (ban != NONE && !(low(ban) == low && high(ban) == high && prefixLength(ban) == prefixLength)) {
            ban = next(ban);
        }
        return ban;
    }

    /** Adds a ban that is not there yet; NONE if there is no room. */
    int add(long high, long low, int prefixLength, int jail, long since, long until, int failures) {
        int ban = free;
        if (ban != NONE) {
            free = next(ban);
        } else if (used < capacity) {
            ban = used++;
            if (chunks[ban >>> CHUNK_SHIFT] == null) {
                chunks[ban >>> CHUNK_SHIFT] = new long[CHUNK * WORDS];
            }
        } else {
            return NONE;
        }
        int head = head(high, low, prefixLength);
        set(ban, HIGH, high);
        set(ban, LOW, low);
        set(ban, SINCE, since);
        set(ban, UNTIL, until);
        set(ban, KEY, ((long) failures << 32) | ((long) prefixLength << 16) | jail);
        set(ban, LINK, heads[head] & 0xFFFF_FFFFL);
        heads[head] = ban;
        size++;
        return ban;
    }

    void remove(int ban) {
        int head = head(high(ban), low(ban), prefixLength(ban));
        int before = NONE;
        for (int at = heads[head]; at != ban; at = next(at)) {
            before = at;
        }
        if (before == NONE) {
            heads[head] = next(ban);
        } else {
            link(before, next(ban));
        }
        link(ban, free);
        set(ban, KEY, -1);
        free = ban;
        size--;
    }

    /** Whether a number below {@link #bound} is that of a ban. */
    boolean isBan(int ban) {
        return get(ban, KEY) != -1;
    }

    long high(int ban) {
        return get(ban, HIGH);
    }

    long low(int ban) {
        return get(ban, LOW);
    }

    long since(int ban) {
        return get(ban, SINCE);
    }

    long until(int ban) {
        return get(ban, UNTIL);
    }

    void until(int ban, long until) {
        set(ban, UNTIL, until);
    }

    int jail(int ban) {
        return (int) get(ban, KEY) & 0xFFFF;
    }

    int prefixLength(int ban) {
        return (int) (get(ban, KEY) >>> 16) & 0xFF;
    }

    int failures(int ban) {
        return (int) (get(ban, KEY) >>> 32);
    }

    /** Whether it began before this process. */
    boolean isRestored(int ban) {
        return (get(ban, KEY) & RESTORED) != 0;
    }

    void restored(int ban) {
        set(ban, KEY, get(ban, KEY) | RESTORED);
    }

    /** From which ports it bans. */
    int portSet(int ban) {
        return (int) ((get(ban, KEY) & PORT_SET) >>> PORT_SET_SHIFT);
    }

    void portSet(int ban, int portSet) {
        set(ban, KEY, (get(ban, KEY) & ~PORT_SET) | ((long) portSet << PORT_SET_SHIFT));
    }

    int times(int ban) {
        return (int) (get(ban, LINK) >>> 32);
    }

    void times(int ban, int times) {
        set(ban, LINK, ((long) times << 32) | (get(ban, LINK) & 0xFFFF_FFFFL));
    }

    private int next(int ban) {
        return (int) get(ban, LINK);
    }

    private void link(int ban, int next) {
        set(ban, LINK, ((long) times(ban) << 32) | (next & 0xFFFF_FFFFL));
    }

    private int head(long high, long low, int prefixLength) {
        // The upper 32 bits of the hash scaled to the number of heads.
        return (int) (((hash.hash(high, low, prefixLength) >>> 32) * heads.length) >>> 32);
    }

    private long get(int ban, int word) {
        return chunks[ban >>> CHUNK_SHIFT][(ban & (CHUNK - 1)) * WORDS + word];
    }

    private void set(int ban, int word, long value) {
        chunks[ban >>> CHUNK_SHIFT][(ban & (CHUNK - 1)) * WORDS + word] = value;
    }
}
