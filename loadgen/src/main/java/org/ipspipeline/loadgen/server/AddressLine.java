package org.ipspipeline.loadgen.server;

import java.nio.ByteBuffer;
import org.ipspipeline.ips.address.AddressFormatter;

/** The address alone: the shortest line that a client can be banned for. */
final class AddressLine implements LineForm {

    static final int LONGEST = AddressFormatter.MAX_LENGTH;

    private final ByteBuffer text = ByteBuffer.allocate(LONGEST);

    @Override
    public byte[] bytes() {
        return text.array();
    }

    @Override
    public void setTime(long epochMillis) {
        // This form has no date.
    }

    @Override
    public int compose(long high, long low) {
        return AddressFormatter.format(high, low, text, 0);
    }
}
