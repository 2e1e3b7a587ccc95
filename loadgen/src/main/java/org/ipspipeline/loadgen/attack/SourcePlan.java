package org.ipspipeline.loadgen.attack;

import java.net.UnknownHostException;
import org.ipspipeline.loadgen.net.Address;

/**
 * Which addresses clients have where nobody says otherwise.
 *
 * <pre>
 *                     over Ethernet                                   on the loopback interface
 *   attackers  IPv4   192.168.0.1 ... 192.168.255.254                  127.1.0.1 ...
 *                     more of them: 172.16.0.0 ... 172.31.255.255
 *              IPv6   fd00:192:168::1 ...                              the same
 *   valid      IPv4   10.3.11.1 ... 10.3.11.254 and on                 127.200.11.1 ...
 *              IPv6   fd10:3:11::1 ...                                 ::1 for all of them
 * </pre>
 */
final class SourcePlan {

    private static final int THESIS_ATTACKERS = 65_534;

    private SourcePlan() {}

    /**
     * {@return the attackers of a family}
     *
     * @param ipv4 the family
     * @param loopback whether the target is on the loopback interface
     * @param count how many
     */
    static AddressRange attackers(boolean ipv4, boolean loopback, int count) {
        if (!ipv4) {
            return range("fd00:192:168::1", count);
        }
        if (loopback) {
            return range("127.1.0.1", count);
        }
        return count <= THESIS_ATTACKERS ? range("192.168.0.1", count) : range("172.16.0.0", count);
    }

    /**
     * {@return the valid clients of a family}
     *
     * @param ipv4 the family
     * @param loopback whether the target is on the loopback interface
     * @param count how many
     */
    static AddressRange validClients(boolean ipv4, boolean loopback, int count) {
        if (ipv4) {
            return range(loopback ? "127.200.11.1" : "10.3.11.1", count);
        }
        return loopback ? range("::1", 1) : range("fd10:3:11::1", count);
    }

    private static AddressRange range(String first, int count) {
        try {
            return new AddressRange(Address.resolve(first), count);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
