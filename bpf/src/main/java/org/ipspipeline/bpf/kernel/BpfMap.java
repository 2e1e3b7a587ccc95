package org.ipspipeline.bpf.kernel;

import static org.ipspipeline.bpf.kernel.BpfAttributes.BATCH_COUNT;

import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A BPF map: entries of fixed-size keys and values that programs and processes share. Safe for use by many threads; the
 * kernel synchronises each entry, and a batch is not atomic.
 */
public final class BpfMap implements AutoCloseable {

    /** Offsets in {@code struct bpf_map_info}. */
    private static final int INFO_TYPE = 0;

    private static final int INFO_ID = 4;
    private static final int INFO_KEY_SIZE = 8;
    private static final int INFO_VALUE_SIZE = 12;
    private static final int INFO_MAX_ENTRIES = 16;
    private static final int INFO_FLAGS = 20;
    private static final int INFO_NAME = 24;
    private static final int INFO_LENGTH = 40;

    /** How many entries one call reads; a hash needs room for its fullest bucket at least. */
    private static final int SCAN_ENTRIES = 1024;

    private final Descriptor descriptor;
    private final MapDefinition definition;

    private BpfMap(Descriptor descriptor, MapDefinition definition) {
        this.descriptor = descriptor;
        this.definition = definition;
    }

    /**
     * Makes a map. It lives as long as a process holds it, a program uses it, or it is pinned.
     *
     * @param definition what to make
     * @return the map
     * @throws KernelException with EPERM without CAP_BPF, ENOMEM, or EINVAL
     */
    public static BpfMap create(MapDefinition definition) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putInt(BpfAttributes.MAP_TYPE, definition.type())
                .putInt(BpfAttributes.MAP_KEY_SIZE, definition.keySize())
                .putInt(BpfAttributes.MAP_VALUE_SIZE, definition.valueSize())
                .putInt(BpfAttributes.MAP_MAX_ENTRIES, definition.maxEntries())
                .putInt(BpfAttributes.MAP_FLAGS, definition.flags());
        Bpf.putName(attributes, BpfAttributes.MAP_NAME, definition.name());
        int descriptor =
                Bpf.require("bpf: create map '" + definition.name() + "'", Bpf.call(Bpf.MAP_CREATE, attributes));
        return new BpfMap(new Descriptor(descriptor), definition);
    }

    /**
     * Opens a pinned map.
     *
     * @param path in a BPF file system
     * @return the map, or null when nothing is pinned there
     * @throws KernelException when what is pinned there is no map, with EINVAL, or may not be opened
     */
    public static @Nullable BpfMap openPinned(String path) {
        int descriptor = BpfFileSystem.open(path);
        return descriptor < 0 ? null : of(descriptor, path);
    }

    private static BpfMap of(int number, String where) {
        Descriptor descriptor = new Descriptor(number);
        try {
            NativeMemory info = Bpf.info("bpf: " + where + ": not a map", number, INFO_LENGTH);
            ByteBuffer bytes = info.bytes();
            return new BpfMap(
                    descriptor,
                    new MapDefinition(
                            Bpf.nameAt(info, INFO_NAME),
                            bytes.getInt(INFO_TYPE),
                            bytes.getInt(INFO_KEY_SIZE),
                            bytes.getInt(INFO_VALUE_SIZE),
                            bytes.getInt(INFO_MAX_ENTRIES),
                            bytes.getInt(INFO_FLAGS)));
        } catch (KernelException failure) {
            descriptor.close();
            throw failure;
        }
    }

    /**
     * How many values a per-CPU map has for each key.
     *
     * @return one for each CPU that this machine could ever have
     */
    public static int possibleCpus() {
        return Kernel.possibleCpus();
    }

    /**
     * What the map is made of.
     *
     * @return its definition
     */
    public MapDefinition definition() {
        return definition;
    }

    /**
     * The number by which the kernel shows the map.
     *
     * @return an id that no other map has at the same time
     */
    public int id() {
        return Bpf.info(what("info"), descriptor(), INFO_LENGTH).bytes().getInt(INFO_ID);
    }

    /**
     * The descriptor, for linking a program to the map.
     *
     * @return a number of this process
     */
    public int descriptor() {
        return descriptor.number();
    }

    /**
     * Pins the map, so that it outlives this process.
     *
     * @param path a new name in a BPF file system
     */
    public void pin(String path) {
        BpfFileSystem.pin(descriptor(), path);
    }

    /**
     * Reads one entry.
     *
     * @param key the key, at the start of the memory
     * @param value memory for the value, for a per-CPU map for all CPUs' values
     * @return whether the entry is there
     */
    public boolean lookup(NativeMemory key, NativeMemory value) {
        int result = element(Bpf.MAP_LOOKUP_ELEM, key, value);
        if (result == -Errno.ENOENT) {
            return false;
        }
        check("lookup", result);
        return true;
    }

    /**
     * Writes one entry, new or not.
     *
     * @param key the key, at the start of the memory
     * @param value the value, at the start of the memory
     * @return whether there was room for it
     */
    public boolean update(NativeMemory key, NativeMemory value) {
        int result = element(Bpf.MAP_UPDATE_ELEM, key, value);
        if (isFull(result)) {
            return false;
        }
        check("update", result);
        return true;
    }

    /**
     * Removes one entry.
     *
     * @param key the key, at the start of the memory
     * @return whether it was there
     */
    public boolean delete(NativeMemory key) {
        int result = element(Bpf.MAP_DELETE_ELEM, key, null);
        if (result == -Errno.ENOENT) {
            return false;
        }
        check("delete", result);
        return true;
    }

    /**
     * Whether no entry is there.
     *
     * @return true when the map is empty
     */
    public boolean isEmpty() {
        NativeMemory next = new NativeMemory(definition.keySize());
        int result = element(Bpf.MAP_GET_NEXT_KEY, null, next);
        if (result == -Errno.ENOENT) {
            return true;
        }
        check("first key", result);
        return false;
    }

    /**
     * Writes entries in one call as far as possible. What does not fit is left out, and what comes after it is tried.
     *
     * @param keys packed keys
     * @param values packed values
     * @param count how many
     * @param unfit is told the index of each entry that did not fit
     * @return how many did not fit
     */
    public int updateBatch(NativeMemory keys, NativeMemory values, int count, IntConsumer unfit) {
        return inBatches(Bpf.MAP_UPDATE_BATCH, keys, values, count, unfit);
    }

    /**
     * Removes entries in one call as far as possible.
     *
     * @param keys packed keys
     * @param count how many
     * @return how many were not there
     */
    public int deleteBatch(NativeMemory keys, int count) {
        return inBatches(Bpf.MAP_DELETE_BATCH, keys, null, count, absent -> {});
    }

    /** A batch ends at the first entry that fails: it is skipped, and the rest is a new batch. */
    private int inBatches(int command, NativeMemory keys, @Nullable NativeMemory values, int count, IntConsumer skips) {
        int skipped = 0;
        int done = 0;
        while (done < count) {
            NativeMemory attributes = BpfAttributes.zeroed();
            attributes
                    .bytes()
                    .putLong(BpfAttributes.BATCH_KEYS, addressAt(keys, done * definition.keySize()))
                    .putLong(BpfAttributes.BATCH_VALUES, addressAt(values, done * definition.valueSize()))
                    .putInt(BATCH_COUNT, count - done)
                    .putInt(BpfAttributes.BATCH_MAP, descriptor());
            int result = Bpf.call(command, attributes, keys, values, null);
            done += attributes.bytes().getInt(BATCH_COUNT);
            if (result < 0) {
                boolean expected = command == Bpf.MAP_UPDATE_BATCH ? isFull(result) : result == -Errno.ENOENT;
                if (!expected) {
                    check(command == Bpf.MAP_UPDATE_BATCH ? "update batch" : "delete batch", result);
                }
                skips.accept(done);
                skipped++;
                done++;
            }
        }
        return skipped;
    }

    /** Sees an entry where it lies in memory; the memory is used again for later ones. */
    @FunctionalInterface
    public interface EntryVisitor {

        /**
         * Sees one entry.
         *
         * @param keys memory with the key
         * @param key where the key starts
         * @param values memory with the value
         * @param value where the value starts
         */
        void visit(ByteBuffer keys, int key, ByteBuffer values, int value);
    }

    /**
     * Visits all entries. Those written or removed meanwhile may be seen or not; while others remove, some of a trie's may
     * be seen twice. Not for per-CPU maps.
     *
     * @param visitor sees each entry; must not remove any from a trie
     */
    public void forEach(EntryVisitor visitor) {
        NativeMemory keys = new NativeMemory(SCAN_ENTRIES * definition.keySize());
        NativeMemory values = new NativeMemory(SCAN_ENTRIES * definition.valueSize());
        // A hash's position is a bucket's number, a trie's the last key.
        NativeMemory position = new NativeMemory(Math.max(Long.BYTES, definition.keySize()));
        boolean more = true;
        for (boolean first = true; more; first = false) {
            NativeMemory attributes = BpfAttributes.zeroed();
            attributes
                    .bytes()
                    .putLong(BpfAttributes.BATCH_IN, first ? 0 : position.address())
                    .putLong(BpfAttributes.BATCH_OUT, position.address())
                    .putLong(BpfAttributes.BATCH_KEYS, keys.address())
                    .putLong(BpfAttributes.BATCH_VALUES, values.address())
                    .putInt(BATCH_COUNT, SCAN_ENTRIES)
                    .putInt(BpfAttributes.BATCH_MAP, descriptor());
            int result = Bpf.call(Bpf.MAP_LOOKUP_BATCH, attributes, position, keys, values);
            more = result != -Errno.ENOENT;
            if (more) {
                check("lookup batch", result);
            }
            int read = attributes.bytes().getInt(BATCH_COUNT);
            for (int i = 0; i < read; i++) {
                visitor.visit(keys.bytes(), i * definition.keySize(), values.bytes(), i * definition.valueSize());
            }
        }
    }

    private int element(int command, @Nullable NativeMemory key, @Nullable NativeMemory value) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putInt(BpfAttributes.ELEMENT_MAP, descriptor())
                .putLong(BpfAttributes.ELEMENT_KEY, addressAt(key, 0))
                .putLong(BpfAttributes.ELEMENT_VALUE, addressAt(value, 0));
        return Bpf.call(command, attributes, key, value, null);
    }

    private static long addressAt(@Nullable NativeMemory memory, int offset) {
        return memory == null ? 0 : memory.address() + offset;
    }

    /** A hash says E2BIG when it is full, a trie ENOSPC. */
    private static boolean isFull(int result) {
        return result == -Errno.E2BIG || result == -Errno.ENOSPC;
    }

    private void check(String operation, int result) {
        if (result < 0) {
            throw new KernelException(what(operation), -result);
        }
    }

    private String what(String operation) {
        return "bpf: map '" + definition.name() + "': " + operation;
    }

    /** Lets go of the map. */
    @Override
    public void close() {
        descriptor.close();
    }
}
