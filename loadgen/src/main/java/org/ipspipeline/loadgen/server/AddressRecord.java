package org.ipspipeline.loadgen.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.ips.address.Addresses;

/** The address as an address record of the ring's binary interface: 4 bytes or 16, in network order. */
final class AddressRecord implements LineForm {

    static final int LONGEST = 2 * Long.BYTES;

    private final ByteBuffer record = ByteBuffer.allocate(LONGEST).order(ByteOrder.BIG_ENDIAN);

    @Override
    public byte[] bytes() {
        return record.array();
    }

    @Override
    public void setTime(long epochMillis) {
        // This form has no date.
    }

    @Override
    public int compose(long high, long low) {
        if (Addresses.isIpv4(high, low)) {
            record.putInt(0, Addresses.ipv4Bits(low));
            return Integer.BYTES;
        }
        record.putLong(0, high).putLong(Long.BYTES, low);
        return LONGEST;
    }
}
