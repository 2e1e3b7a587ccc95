package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;

/** Captures of invalid requests to the target of {@code VethPair}, every third of them over IPv6. */
final class Captures {

    private static final MacAddress SOMEBODY = MacAddress.parse("02:00:00:00:00:99");

    private Captures() {}

    /**
     * Writes a capture.
     *
     * @param file the pcap file
     * @param frames how many, a multiple of 3
     * @param micros from the first to the last
     */
    static void write(Path file, int frames, long micros) throws IOException {
        ByteBuffer pcap = ByteBuffer.allocate(24 + frames * 200).order(ByteOrder.BIG_ENDIAN);
        pcap.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1);
        for (int i = 0; i < frames; i++) {
            Address client = client(i);
            Flood flood = new Flood(
                    client.isIpv4() ? Address.resolve("10.3.10.1") : Address.resolve("fd10:3:10::1"),
                    8080,
                    new AddressRange(client, 1),
                    18,
                    0,
                    0);
            Frame frame = Frame.of(SOMEBODY, SOMEBODY, flood);
            long time = micros * i / (frames - 1);
            pcap.putInt((int) (1_700_000_000 + time / 1_000_000)).putInt((int) (time % 1_000_000));
            pcap.putInt(frame.length()).putInt(frame.length());
            int at = pcap.position();
            frame.writeTo(pcap, at);
            frame.setSource(pcap, at, client.high(), client.low());
            pcap.position(at + frame.length());
        }
        Files.write(file, java.util.Arrays.copyOf(pcap.array(), pcap.position()));
    }

    /** The clients of the first frames, as the target logs them. */
    static List<String> clients(int frames) throws IOException {
        List<String> clients = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            clients.add(client(i).toString());
        }
        return clients;
    }

    private static Address client(int i) throws UnknownHostException {
        return Address.resolve(i % 3 == 2 ? "fd00:192:168::1" : "192.168.0.1").plus(i);
    }
}
