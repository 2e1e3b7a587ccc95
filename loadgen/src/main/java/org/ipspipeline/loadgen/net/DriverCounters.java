package org.ipspipeline.loadgen.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Some of the counters that an interface's driver keeps, as {@code ethtool -S} shows them: what it alone knows, such as the
 * packets that its XDP program had dropped. They stay readable from any thread and network namespace; reading is for one
 * thread at a time, and goes on from the names that the driver had when this was opened.
 *
 * <pre>
 *   struct ifreq          0 name (16)   16 address of one of these
 *   ethtool_sset_info     0 command 0x37    8 mask of sets (8)     16 length of the set
 *   ethtool_gstrings      0 command 0x1b    4 set    8 length     12 names (32 each)
 *   ethtool_stats         0 command 0x1d    4 length               8 counters (8 each)
 * </pre>
 */
public final class DriverCounters implements Closeable {

    private static final int REQUEST_BYTES = 40;
    private static final int NAME_BYTES = 16;
    private static final long ETHTOOL = 0x8946;
    private static final int GET_SET_LENGTH = 0x37;
    private static final int GET_STRINGS = 0x1b;
    private static final int GET_STATISTICS = 0x1d;
    private static final int STATISTICS = 1;
    private static final int STRING_BYTES = 32;
    private static final int MASK_AT = 8;
    private static final int SET_LENGTH_AT = 16;
    private static final int STRINGS_AT = 12;
    private static final int COUNTERS_AT = 8;

    private final NativeSocket socket;
    private final ByteBuffer request = SystemCalls.allocate(REQUEST_BYTES);
    private final ByteBuffer counters;
    private final int[] wanted;

    /**
     * Finds counters of an interface of this thread's network namespace.
     *
     * @param device the interface's name
     * @param names which counters, by the driver's own names for them
     * @throws IOException when there is no such interface, or its driver has no such counter
     */
    public DriverCounters(String device, Pattern names) throws IOException {
        request.put(0, NetworkDevice.named(device).name().getBytes(StandardCharsets.UTF_8));
        socket = NativeSocket.udp(SocketAddress.IPV4);
        try {
            List<String> all = names();
            counters = SystemCalls.allocate(COUNTERS_AT + all.size() * Long.BYTES)
                    .putInt(0, GET_STATISTICS)
                    .putInt(Integer.BYTES, all.size());
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (names.matcher(all.get(i)).matches()) {
                    found.add(i);
                }
            }
            if (found.isEmpty()) {
                throw new IOException("the driver of " + device + " has no counter '" + names + "'; ethtool -S "
                        + device + " shows those that it has");
            }
            wanted = found.stream().mapToInt(Integer::intValue).toArray();
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    private List<String> names() throws SystemCallException {
        ByteBuffer length = SystemCalls.allocate(SET_LENGTH_AT + Integer.BYTES)
                .putInt(0, GET_SET_LENGTH)
                .putLong(MASK_AT, 1L << STATISTICS);
        ask(length);
        // A driver without statistics takes its set out of the mask.
        int count = length.getLong(MASK_AT) == 0 ? 0 : length.getInt(SET_LENGTH_AT);
        ByteBuffer strings = SystemCalls.allocate(STRINGS_AT + count * STRING_BYTES)
                .putInt(0, GET_STRINGS)
                .putInt(Integer.BYTES, STATISTICS)
                .putInt(2 * Integer.BYTES, count);
        ask(strings);
        List<String> names = new ArrayList<>();
        byte[] name = new byte[STRING_BYTES];
        for (int i = 0; i < count; i++) {
            strings.get(STRINGS_AT + i * STRING_BYTES, name);
            names.add(new String(name, StandardCharsets.US_ASCII).replaceAll("\0.*", ""));
        }
        return names;
    }

    /**
     * {@return the sum of the counters now}
     *
     * @throws IOException when the interface has gone
     */
    public long sum() throws IOException {
        ask(counters);
        long sum = 0;
        for (int index : wanted) {
            sum += counters.getLong(COUNTERS_AT + index * Long.BYTES);
        }
        return sum;
    }

    private void ask(ByteBuffer question) throws SystemCallException {
        request.putLong(NAME_BYTES, SystemCalls.addressOf(question));
        if (socket.library().ioctl(socket.descriptor(), ETHTOOL, SystemCalls.addressOf(request)) != 0) {
            throw SystemCalls.failure("ioctl");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
