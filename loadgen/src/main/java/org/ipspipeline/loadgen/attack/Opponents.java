package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.jspecify.annotations.Nullable;

/**
 * The attackers of one family and their target.
 *
 * @param target attacked
 * @param device that packets leave through
 * @param sources the attackers
 */
record Opponents(Address target, NetworkDevice device, AddressRange sources) {

    /** {@return the count of what these attackers send} */
    AttackCounter counter() {
        return target.isIpv4() ? AttackCounter.SENT_IPV4 : AttackCounter.SENT_IPV6;
    }

    /**
     * How the senders of all threads are opened.
     *
     * @param kind wanted
     * @param threads how many
     * @param rate of all threads together
     * @param port attacked
     * @param payloadBytes of each packet
     * @param mac where frames go, null to ask the neighbour
     */
    record Manner(
            SenderKind kind,
            int threads,
            Rate rate,
            int port,
            int payloadBytes,
            @Nullable MacAddress mac) {

        /**
         * Opens the senders of all threads.
         *
         * @param opponents of one family or both; each thread gets a sender for each
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

        private List<List<SendingThread.FamilySender>> openAll(SenderKind candidate, List<Opponents> opponents)
                throws IOException {
            List<List<SendingThread.FamilySender>> all = new ArrayList<>();
            try {
                for (int thread = 0; thread < threads; thread++) {
                    List<SendingThread.FamilySender> ofThread = new ArrayList<>();
                    all.add(ofThread);
                    for (Opponents each : opponents) {
                        ofThread.add(new SendingThread.FamilySender(each.counter(), open(candidate, each, thread)));
                    }
                }
                return all;
            } catch (IOException | RuntimeException failure) {
                for (List<SendingThread.FamilySender> ofThread : all) {
                    for (SendingThread.FamilySender sender : ofThread) {
                        sender.sender().close();
                    }
                }
                throw failure;
            }
        }

        private AttackSender open(SenderKind candidate, Opponents each, int thread) throws IOException {
            int start = (int) ((long) each.sources().count() * thread / threads);
            Flood flood = new Flood(each.target(), port, each.sources(), payloadBytes, start);
            if (each.device().hardwareType() != NetworkDevice.ETHERNET) {
                return candidate.openWithoutEthernet(each.device(), flood);
            }
            // Sockets need no uplink, but what is sent before the kernel knows the neighbour is lost without a word.
            Uplink uplink = mac == null ? Uplink.resolve(each.device(), each.target()) : new Uplink(each.device(), mac);
            return candidate.open(uplink, flood);
        }
    }

    /**
     * What was opened.
     *
     * @param senders for each thread its senders
     * @param reasons why better kinds could not be used
     */
    record Opened(List<List<SendingThread.FamilySender>> senders, List<String> reasons) {

        /** {@return whether packets that the interface drops are among those counted} */
        boolean countsDropped() {
            return senders.get(0).get(0).sender().countsDropped();
        }

        /** {@return how packets are sent, for people} */
        String description() {
            return senders.get(0).stream()
                    .map(sender -> sender.sender().description())
                    .distinct()
                    .reduce((one, other) -> one + " and " + other)
                    .orElseThrow();
        }
    }
}
