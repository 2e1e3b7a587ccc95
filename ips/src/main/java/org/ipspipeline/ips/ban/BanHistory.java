package org.ipspipeline.ips.ban;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.ipspipeline.ips.count.AddressHash;

/**
 * The earlier bans of a bounded number of prefixes, for jails whose bans grow: how many, and when the last one began. What is older than a given age is forgotten; when both buckets of a prefix are full the oldest goes.
 *
 * <pre>
 *   an entry: low | high | changes (32), count (32) | since (nanoseconds) | jail (16), prefix length (8), used (1)
 * </pre>
 *
 * <p>The keeper's thread writes; workers read without locks: an entry's number of changes is odd while it is written, and read
 * first and last. 40 bytes an entry.
 */
final class BanHistory {

    /** Stands for all jails together. */
    static final int ALL_JAILS = 0xFFFF;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WAYS = 4;
    private static final int WORDS = 5;
    private static final int LOW = 0;
    private static final int HIGH = 1;
    private static final int COUNT = 2;
    private static final int SINCE = 3;
    private static final int KEY = 4;
    private static final int NONE = -1;
    private static final long USED = 1;

    private final AddressHash hash = AddressHash.random();
    private final long ageNanos;
    private final long[] words;
    private final int buckets;

    /**
     * @param prefixes for how many there is room
     * @param ageNanos after what time a ban is forgotten
     */
    BanHistory(int prefixes, long ageNanos) {
        this.ageNanos = ageNanos;
        buckets = Math.max((prefixes + WAYS - 1) / WAYS, 1);
        words = new long[buckets * WAYS * WORDS];
    }

    /** A prefix's past, for one reader; filled by {@link #find}. */
    static final class Past {
        int count;
        long since;
    }

    /** Looks a prefix up; false, and a count of 0, if it has no past. Any thread, with a {@code past} of its own. */
    boolean find(long high, long low, int prefixLength, int jail, long now, Past past) {
        past.count = 0;
        long key = key(prefixLength, jail);
        long hashed = hash.hash(high, low, (int) key);
        return findIn(bucket(hashed >>> 32), high, low, key, now, past)
                || findIn(bucket(hashed & 0xFFFF_FFFFL), high, low, key, now, past);
    }

    private boolean findIn(int bucket, long high, long low, long key, long now, Past past) {
        for (int entry = bucket; entry < bucket + WAYS * WORDS; entry += WORDS) {
            long count = (long) WORD.getAcquire(words, entry + COUNT);
            if (words[entry + LOW] == low && words[entry + HIGH] == high && words[entry + KEY] == key) {
                long since = words[entry + SINCE];
                VarHandle.loadLoadFence();
                boolean whole = ((count >>> 32) & 1) == 0 && words[entry + COUNT] == count;
                if (whole && now - since < ageNanos) {
                    past.count = (int) count;
                    past.since = since;
                    return true;
                }
            }
        }
        return false;
    }

    /** Notes the last ban of a prefix. Only for the one thread that writes. */
    void note(long high, long low, int prefixLength, int jail, int count, long since) {
        long key = key(prefixLength, jail);
        long hashed = hash.hash(high, low, (int) key);
        int one = bucket(hashed >>> 32);
        int other = bucket(hashed & 0xFFFF_FFFFL);
        int entry = entryOf(one, high, low, key);
        if (entry == NONE) {
            entry = entryOf(other, high, low, key);
        }
        if (entry == NONE) {
            int a = oldest(one);
            int b = oldest(other);
            entry = age(a) <= age(b) ? a : b;
        }
        long changes = words[entry + COUNT] >>> 32;
        WORD.setRelease(words, entry + COUNT, (changes + 1) << 32);
        VarHandle.storeStoreFence();
        words[entry + LOW] = low;
        words[entry + HIGH] = high;
        words[entry + KEY] = key;
        words[entry + SINCE] = since;
        WORD.setRelease(words, entry + COUNT, ((changes + 2) << 32) | count);
    }

    private int entryOf(int bucket, long high, long low, long key) {
        for (int entry = bucket; entry < bucket + WAYS * WORDS; entry += WORDS) {
            if (words[entry + LOW] == low && words[entry + HIGH] == high && words[entry + KEY] == key) {
                return entry;
            }
        }
        return NONE;
    }

    private int oldest(int bucket) {
        int oldest = bucket;
        for (int entry = bucket + WORDS; entry < bucket + WAYS * WORDS; entry += WORDS) {
            if (age(entry) < age(oldest)) {
                oldest = entry;
            }
        }
        return oldest;
    }

    private long age(int entry) {
        return words[entry + KEY] == 0 ? Long.MIN_VALUE : words[entry + SINCE];
    }

    private int bucket(long hash32) {
        return (int) ((hash32 * buckets) >>> 32) * WAYS * WORDS;
    }

    private static long key(int prefixLength, int jail) {
        return ((long) jail << 16) | ((long) prefixLength << 8) | USED;
    }
}
