package org.ipspipeline.loadgen.attack;

import org.ipspipeline.loadgen.net.Address;

/**
 * What the attackers of one family send: the same request from every source in turn.
 *
 * @param target attacked
 * @param port attacked
 * @param sources the attackers
 * @param payloadBytes of every packet, at least 1; the first is {@code B}, the second the segment, the others are zero
 * @param segment of a steered server that the packets are for; without effect on others
 * @param start the place of the source that begins, so that several threads do not follow each other
 */
public record Flood(Address target, int port, AddressRange sources, int payloadBytes, int segment, int start) {

    /** The source port of all attackers: what tells them apart is the address. */
    static final int SOURCE_PORT = 40000;

    /** The first payload byte of a request that the target takes for invalid. */
    private static final byte INVALID = 'B';

    /** Checks that the families agree and that there is a payload. */
    public Flood {
        if (target.isIpv4() != sources.first().isIpv4()) {
            throw new IllegalArgumentException("sources " + sources + " cannot send to " + target);
        }
        if (payloadBytes < 1) {
            throw new IllegalArgumentException("a payload of " + payloadBytes + " bytes");
        }
    }

    /** {@return what every packet carries} */
    byte[] payload() {
        byte[] payload = new byte[payloadBytes];
        payload[0] = INVALID;
        if (payloadBytes > 1) {
            payload[1] = (byte) segment;
        }
        return payload;
    }

    /** {@return the count of what these attackers send} */
    AttackCounter counter() {
        return target.isIpv4() ? AttackCounter.SENT_IPV4 : AttackCounter.SENT_IPV6;
    }

    /** {@return a cursor over the sources, at the one that begins} */
    SourceCursor cursor() {
        return new SourceCursor(sources, start);
    }
}
