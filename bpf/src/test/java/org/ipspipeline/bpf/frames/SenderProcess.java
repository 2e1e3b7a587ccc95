package org.ipspipeline.bpf.frames;

import java.io.IOException;
import org.ipspipeline.bpf.Addresses;
import org.ipspipeline.bpf.Frames;

/** Sends a few frames, or says why not. */
final class SenderProcess {

    private SenderProcess() {}

    /**
     * Sends.
     *
     * @param arguments the interface
     */
    public static void main(String[] arguments) {
        byte[] frame = Frames.udp(new byte[6], new byte[6], "192.0.2.1", "192.0.2.2", 1, 'B');
        ClientRange clients = ClientRange.consecutive(0, Addresses.low("192.0.2.1"), 1);
        try (FrameSender sender = FrameSender.open(arguments[0], new UdpTemplate(frame), clients)) {
            sender.send(10);
            System.out.println("sent " + sender.progress().frames());
        } catch (IOException refusal) {
            System.out.println(refusal.getMessage());
        }
    }
}
