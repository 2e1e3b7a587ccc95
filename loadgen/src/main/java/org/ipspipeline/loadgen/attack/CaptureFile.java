package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A capture of Ethernet frames in the format that {@code tcpdump -w} writes: pcap, in either byte order, with microseconds or
 * nanoseconds.
 *
 * <pre>
 *   file    magic u32 | version u16 u16 | 8 bytes | longest frame u32 | link type u32, 1 for Ethernet
 *   frame   seconds u32 | micro- or nanoseconds u32 | bytes captured u32 | bytes it had u32 | the bytes
 * </pre>
 */
final class CaptureFile {

    private static final int MICROS = 0xA1B2C3D4;
    private static final int NANOS = 0xA1B23C4D;
    private static final int PCAPNG = 0x0A0D0D0A;
    private static final int FILE_HEADER = 24;
    private static final int LINK_TYPE = 20;
    private static final int ETHERNET = 1;
    private static final int FRAME_HEADER = 16;
    private static final int SHORTEST_FRAME = 14;

    /** An Ethernet frame with VLAN tags; a longer one was put together by the network card and cannot be sent as it is. */
    private static final int LONGEST_FRAME = 1522;

    private final ByteBuffer file;
    private double[] seconds = new double[1024];
    private int[] offsets = new int[1024];
    private int[] lengths = new int[1024];
    private double firstSecond;
    private int count;
    private int longest;

    private CaptureFile(ByteBuffer file) {
        this.file = file;
    }

    /**
     * Reads where the frames are.
     *
     * @param path of the file, at most 2 GiB
     * @throws IOException when it cannot be read, or is no capture of whole Ethernet frames, with the place of what is wrong
     */
    static CaptureFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException(path + ": larger than 2 GiB; cut it with 'tcpdump -C'");
            }
            CaptureFile capture = new CaptureFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            capture.index(path);
            return capture;
        }
    }

    private void index(Path path) throws IOException {
        double unit = readMagic(path);
        if (file.getInt(LINK_TYPE) != ETHERNET) {
            throw new IOException(
                    path + ": link type " + file.getInt(LINK_TYPE) + ", but only Ethernet (1) can be sent");
        }
        int at = FILE_HEADER;
        while (at < file.capacity()) {
            if (file.capacity() - at < FRAME_HEADER) {
                throw new IOException(path + ": ends in the middle of frame " + (count + 1));
            }
            int captured = file.getInt(at + 8);
            if (captured < SHORTEST_FRAME || captured > LONGEST_FRAME || captured != file.getInt(at + 12)) {
                throw new IOException(path + ": frame " + (count + 1) + ", " + captured + " of " + file.getInt(at + 12)
                        + " bytes captured: only whole frames of " + SHORTEST_FRAME + " to " + LONGEST_FRAME
                        + " bytes can be sent (tcpdump -s 0)");
            }
            if (file.capacity() - at - FRAME_HEADER < captured) {
                throw new IOException(path + ": ends in the middle of frame " + (count + 1));
            }
            double time = Integer.toUnsignedLong(file.getInt(at)) + Integer.toUnsignedLong(file.getInt(at + 4)) * unit;
            add(time, at + FRAME_HEADER, captured);
            at += FRAME_HEADER + captured;
        }
        if (count == 0) {
            throw new IOException(path + ": holds no frames");
        }
    }

    /** Sets the byte order; the fraction of a second that the times count in. */
    private double readMagic(Path path) throws IOException {
        if (file.capacity() >= FILE_HEADER) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                int magic = file.order(order).getInt(0);
                if (magic == MICROS || magic == NANOS) {
                    return magic == MICROS ? 1e-6 : 1e-9;
                }
                if (magic == PCAPNG) {
                    throw new IOException(path + ": pcapng; make a pcap of it with 'tcpdump -r FILE -w OTHER'");
                }
            }
        }
        throw new IOException(path + ": no pcap file");
    }

    private void add(double time, int offset, int length) {
        if (count == offsets.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        if (count == 0) {
            firstSecond = time;
        }
        // Captures of several queues are not always in order; what is due must never sink.
        seconds[count] = count == 0 ? 0 : Math.max(time - firstSecond, seconds[count - 1]);
        offsets[count] = offset;
        lengths[count] = length;
        longest = Math.max(longest, length);
        count++;
    }

    /** How many frames, at least 1. */
    int count() {
        return count;
    }

    /** The bytes of the longest frame. */
    int longest() {
        return longest;
    }

    /** The bytes of a frame. */
    int length(int frame) {
        return lengths[frame];
    }

    boolean isIpv4(int frame) {
        int type = offsets[frame] + SHORTEST_FRAME - 2;
        return (file.get(type) & 0xFF) == 0x08 && file.get(type + 1) == 0;
    }

    /** Copies a frame. */
    void copy(int frame, ByteBuffer to, int at) {
        to.put(at, file, offsets[frame], lengths[frame]);
    }

    /** The frames at the times they were captured at. */
    RateProfile recorded() {
        return new RateProfile() {
            @Override
            public double due(double since) {
                int place = Arrays.binarySearch(seconds, 0, count, since);
                int after = place < 0 ? -place - 1 : place + 1;
                while (after < count && seconds[after] <= since) {
                    after++;
                }
                return after;
            }

            /** Every frame goes out, however late. */
            @Override
            public double catchUpSeconds() {
                return Double.POSITIVE_INFINITY;
            }
        };
    }
}
