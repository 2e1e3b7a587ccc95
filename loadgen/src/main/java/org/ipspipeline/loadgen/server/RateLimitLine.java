package org.ipspipeline.loadgen.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.ipspipeline.ips.address.AddressFormatter;

/** {@code YYYY-MM-DD HH:MM:SS client <IP> exceeded request rate limit}. */
final class RateLimitLine implements LineForm {

    private static final byte[] BEFORE = "YYYY-MM-DD HH:MM:SS client ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = " exceeded request rate limit".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    static final int LONGEST = BEFORE.length + AddressFormatter.MAX_LENGTH + AFTER.length;

    private final ZoneId zone = ZoneId.systemDefault();
    private final ByteBuffer text = ByteBuffer.allocate(LONGEST).put(0, BEFORE);
    private long second = Long.MIN_VALUE;

    @Override
    public byte[] bytes() {
        return text.array();
    }

    @Override
    public void setTime(long epochMillis) {
        long now = Math.floorDiv(epochMillis, 1000L);
        if (now != second) {
            second = now;
            String date = DATE.format(LocalDateTime.ofInstant(Instant.ofEpochSecond(now), zone));
            text.put(0, date.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public int compose(long high, long low) {
        int end = AddressFormatter.format(high, low, text, BEFORE.length);
        text.put(end, AFTER);
        return end + AFTER.length;
    }
}
