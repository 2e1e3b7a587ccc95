package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.MacAddress;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.jspecify.annotations.Nullable;

/**
 * Opens the senders of all threads.
 *
 * @param kind wanted
 * @param threads how many
 * @param rate of all threads together
 * @param port attacked
 * @param payloadBytes of each packet
 * @param mac where frames go, null to ask the neighbour
 * @param segmentShares of the packets, for each segment of a steered server; one share for all of an ordinary one
 */
record SenderFactory(
        SenderKind kind,
        int threads,
        Rate rate,
        int port,
        int payloadBytes,
        @Nullable MacAddress mac,
        List<Double> segmentShares) {

    /**
     * Opens senders.
     *
     * @param opponents of one family or both; each thread gets a sender for each, and for each segment
     * @return for each thread its senders, all of the same kind
     * @throws UsageException when the kernel refuses every kind that may be used
     * @throws IOException when what was opened for nothing cannot be closed
     */
    Opened open(List<Opponents> opponents) throws IOException {
        Rate perThread = new Rate(rate.pps() / threads);
        List<String> reasons = new ArrayList<>();
        for (SenderKind candidate : kind.candidates(opponents.get(0).device(), perThread)) {
            try {
                return new Opened(openAll(candidate, opponents), List.copyOf(reasons));
            } catch (IOException refused) {
                reasons.add(String.valueOf(refused.getMessage()));
            }
        }
        throw new UsageException("cannot send: " + String.join("; ", reasons));
    }

    private List<List<SendingThread.Part>> openAll(SenderKind candidate, List<Opponents> opponents) throws IOException {
        SharedLiveFrames shared = new SharedLiveFrames();
        List<List<SendingThread.Part>> all = new ArrayList<>();
        try {
            for (int thread = 0; thread < threads; thread++) {
                List<SendingThread.Part> ofThread = new ArrayList<>();
                all.add(ofThread);
                for (int segment = 0; segment < segmentShares.size(); segment++) {
                    double share = segmentShares.get(segment);
                    for (Opponents each : share > 0 ? opponents : List.<Opponents>of()) {
                        AttackSender sender = open(candidate, each, thread, segment, shared);
                        ofThread.add(new SendingThread.Part(sender, share));
                    }
                }
            }
            return all;
        } catch (IOException | RuntimeException failure) {
            for (List<SendingThread.Part> ofThread : all) {
                for (SendingThread.Part part : ofThread) {
                    part.sender().close();
                }
            }
            throw failure;
        }
    }

    private AttackSender open(SenderKind candidate, Opponents each, int thread, int segment, SharedLiveFrames shared)
            throws IOException {
        int start = (int) ((long) each.sources().count() * thread / threads);
        Flood flood = new Flood(each.target(), port, each.sources(), payloadBytes, segment, start);
        if (each.device().hardwareType() != NetworkDevice.ETHERNET) {
            return candidate.openWithoutEthernet(each.device(), flood);
        }
        // Sockets need no uplink, but what is sent before the kernel knows the neighbour is lost without a word.
        return candidate.open(uplink(each), flood, shared);
    }

    /** {@return the way of frames to a target} */
    Uplink uplink(Opponents each) throws IOException {
        return mac == null ? Uplink.resolve(each.device(), each.target()) : new Uplink(each.device(), mac);
    }

    /**
     * What was opened.
     *
     * @param senders for each thread its senders
     * @param reasons why better kinds could not be used
     */
    record Opened(List<List<SendingThread.Part>> senders, List<String> reasons) {

        /** {@return whether packets that the interface drops are among those counted} */
        boolean countsDropped() {
            return senders.get(0).get(0).sender().countsDropped();
        }

        /** {@return how packets are sent, for people} */
        String description() {
            return senders.get(0).stream()
                    .map(part -> part.sender().description())
                    .distinct()
                    .reduce((one, other) -> one + " and " + other)
                    .orElseThrow();
        }
    }
}
