package org.ipspipeline.bpf.kernel;

/**
 * What a map is made of.
 *
 * @param name for people, at most 15 characters
 * @param type the kernel's number, such as {@link #HASH}
 * @param keySize in bytes
 * @param valueSize in bytes
 * @param maxEntries how many entries it can hold
 * @param flags the kernel's BPF_F flags
 */
public record MapDefinition(String name, int type, int keySize, int valueSize, int maxEntries, int flags) {

    public static final int HASH = 1;
    public static final int ARRAY = 2;
    public static final int PERCPU_ARRAY = 6;
    public static final int LPM_TRIE = 11;

    /**
     * The same with another capacity.
     *
     * @param entries how many entries it can hold
     * @return a new definition
     */
    public MapDefinition withMaxEntries(int entries) {
        return new MapDefinition(name, type, keySize, valueSize, entries, flags);
    }

    /**
     * Whether entries of the one mean the same in the other, capacity apart.
     *
     * @param other to compare with
     * @return true when type and sizes agree
     */
    public boolean hasLayoutOf(MapDefinition other) {
        return type == other.type && keySize == other.keySize && valueSize == other.valueSize;
    }
}
