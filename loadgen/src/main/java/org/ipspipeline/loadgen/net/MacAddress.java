package org.ipspipeline.loadgen.net;

import java.util.HexFormat;
import java.util.Locale;

/**
 * An Ethernet address.
 *
 * @param bits its 48 bits, the first byte in the most significant place
 */
public record MacAddress(long bits) {

    private static final int BYTES = 6;

    /**
     * {@return the address}
     *
     * @param text such as {@code 02:00:00:00:10:01}
     * @throws IllegalArgumentException when the text is none
     */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")) {
            throw new IllegalArgumentException("'" + text + "' is not a MAC address such as 02:00:00:00:10:01");
        }
        return new MacAddress(
                HexFormat.fromHexDigitsToLong(text.replace(":", "").toLowerCase(Locale.ROOT)));
    }

    /**
     * {@return that byte, as it goes over the wire}
     *
     * @param i 0 to 5
     */
    public byte get(int i) {
        return (byte) (bits >>> (8 * (BYTES - 1 - i)));
    }

    /** {@return the six bytes, as they go over the wire} */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = get(i);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(toBytes());
    }
}
