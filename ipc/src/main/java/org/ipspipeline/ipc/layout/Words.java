package org.ipspipeline.ipc.layout;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Little-endian words in a byte buffer, with the memory ordering of each access in its name. The ordered accesses need
 * an index whose address is a multiple of the word's size; the plain ones take any index. All check bounds, none
 * allocates, and none needs a JVM option.
 */
public final class Words {

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle ARRAY_LONG = MethodHandles.byteArrayViewVarHandle(
                    long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /**
     * From so many bytes on a bulk copy of one line among many is faster than a loop over words. Not because of the
     * instructions: its wide stores take fewer places in the store buffer, where they wait for cache lines that the other
     * side had last.
     */
    private static final int BULK_SIZE = 96;

    /** The same for lines that are copied one at a time and often published at once, where wide stores cross cache lines. */
    private static final int SINGLE_BULK_SIZE = 256;

    private Words() {}

    public static long getLong(ByteBuffer buffer, int index) {
        return (long) LONG.get(buffer, index);
    }

    public static void putLong(ByteBuffer buffer, int index, long value) {
        LONG.set(buffer, index, value);
    }

    public static long getLongAcquire(ByteBuffer buffer, int index) {
        return (long) LONG.getAcquire(buffer, index);
    }

    public static long getLongVolatile(ByteBuffer buffer, int index) {
        return (long) LONG.getVolatile(buffer, index);
    }

    public static long getLongOpaque(ByteBuffer buffer, int index) {
        return (long) LONG.getOpaque(buffer, index);
    }

    public static void putLongRelease(ByteBuffer buffer, int index, long value) {
        LONG.setRelease(buffer, index, value);
    }

    public static void putLongVolatile(ByteBuffer buffer, int index, long value) {
        LONG.setVolatile(buffer, index, value);
    }

    public static void putLongOpaque(ByteBuffer buffer, int index, long value) {
        LONG.setOpaque(buffer, index, value);
    }

    public static boolean compareAndSetLong(ByteBuffer buffer, int index, long expected, long value) {
        return LONG.compareAndSet(buffer, index, expected, value);
    }

    public static long getAndSetLong(ByteBuffer buffer, int index, long value) {
        return (long) LONG.getAndSet(buffer, index, value);
    }

    public static long getAndAddLong(ByteBuffer buffer, int index, long delta) {
        return (long) LONG.getAndAdd(buffer, index, delta);
    }

    public static long getAndOrLong(ByteBuffer buffer, int index, long bits) {
        return (long) LONG.getAndBitwiseOr(buffer, index, bits);
    }

    public static int getInt(ByteBuffer buffer, int index) {
        return (int) INT.get(buffer, index);
    }

    public static void putInt(ByteBuffer buffer, int index, int value) {
        INT.set(buffer, index, value);
    }

    public static int getIntAcquire(ByteBuffer buffer, int index) {
        return (int) INT.getAcquire(buffer, index);
    }

    public static void putIntRelease(ByteBuffer buffer, int index, int value) {
        INT.setRelease(buffer, index, value);
    }

    public static int getAndAddInt(ByteBuffer buffer, int index, int delta) {
        return (int) INT.getAndAdd(buffer, index, delta);
    }

    /**
     * Copies bytes: up to 7 bytes after the last one are read and written too where they are few, so both sides need that
     * much slack.
     */
    public static void copyWords(ByteBuffer from, int fromIndex, ByteBuffer to, int toIndex, int length) {
        if (length >= BULK_SIZE) {
            to.put(toIndex, from, fromIndex, length);
            return;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            LONG.set(to, toIndex + i, (long) LONG.get(from, fromIndex + i));
        }
    }

    /** Copies exactly {@code length} bytes of an array, reading nothing outside of them. */
    public static void copyBytes(byte[] from, int fromIndex, ByteBuffer to, int toIndex, int length) {
        if (length >= SINGLE_BULK_SIZE) {
            to.put(toIndex, from, fromIndex, length);
            return;
        }
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                to.put(toIndex + i, from[fromIndex + i]);
            }
            return;
        }
        // The last word overlaps the one before, instead of a loop over the bytes that remain.
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            LONG.set(to, toIndex + i, (long) ARRAY_LONG.get(from, fromIndex + i));
        }
        LONG.set(to, toIndex + last, (long) ARRAY_LONG.get(from, fromIndex + last));
    }

    /** Copies exactly {@code length} bytes of a buffer of any byte order, reading nothing outside of them. */
    public static void copyBytes(ByteBuffer from, int fromIndex, ByteBuffer to, int toIndex, int length) {
        if (length >= SINGLE_BULK_SIZE) {
            to.put(toIndex, from, fromIndex, length);
            return;
        }
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                to.put(toIndex + i, from.get(fromIndex + i));
            }
            return;
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            LONG.set(to, toIndex + i, (long) LONG.get(from, fromIndex + i));
        }
        LONG.set(to, toIndex + last, (long) LONG.get(from, fromIndex + last));
    }
}
