package org.ipspipeline.ips.match.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A literal to look for: some bytes, at least one. */
public final class Needle {

    private final byte[] bytes;

    /**
     * Makes a needle.
     *
     * @param bytes what to look for, at least one byte; copied
     */
    public Needle(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty needle is everywhere");
        }
        this.bytes = bytes.clone();
    }

    /** {@return a copy of the bytes to look for} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many bytes it has} */
    public int length() {
        return bytes.length;
    }

    /** {@return how rare it is in logs: about the number of bits that it tells} */
    public double rarity() {
        return ByteRarity.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needle needle && Arrays.equals(bytes, needle.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
