package org.ipspipeline.ips.match;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.line.LineBlock;

/**
 * Takes every line for an address record, as the ring's binary interface (ABI.md) has it: 4 bytes of IPv4 or 16 of IPv6 in
 * network order, each a failure of that client. Nothing is matched and no text is parsed. Lines of other lengths are no
 * failures, and counted. For one thread.
 */
public final class AddressRecords implements AddressLines {

    private long malformed;

    @Override
    public void match(LineBlock block) {
        LineBuffer lines = block.lines();
        ByteBuffer bytes = lines.bytes();
        boolean swapped = bytes.order() == ByteOrder.LITTLE_ENDIAN;
        int count = lines.count();
        for (int line = 0; line < count; line++) {
            int from = lines.start(line);
            switch (lines.length(line)) {
                case Integer.BYTES -> {
                    int bits = bytes.getInt(from);
                    long low = Addresses.lowOfIpv4(swapped ? Integer.reverseBytes(bits) : bits);
                    block.addFailure(line, 0, 0, low);
                }
                case 2 * Long.BYTES -> {
                    long high = bytes.getLong(from);
                    long low = bytes.getLong(from + Long.BYTES);
                    block.addFailure(
                            line, 0, swapped ? Long.reverseBytes(high) : high, swapped ? Long.reverseBytes(low) : low);
                }
                default -> malformed++;
            }
        }
    }

    @Override
    public long malformed() {
        return malformed;
    }
}
