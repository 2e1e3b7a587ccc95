package org.ipspipeline.ips.filter;

import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.address.AddressParser;
import org.jspecify.annotations.Nullable;

/**
 * What a filter found in a line: a failure, or something that only matters together with other lines of the same
 * connection.
 *
 * @param regex the index of the failregex that matched
 * @param identity whose failure it is: an address, a host name, or any other text; null while that is not known
 * @param identityKind what the identity is
 * @param timeMicros when, in microseconds since 1970; {@link #NO_TIME} if the line has no date
 * @param isNoFailure whether it is none, but tells something about its connection
 * @param groups the groups of the expressions by name: texts, lists of texts, for {@code users} a set of texts
 * @param matches the lines of the failure
 */
public record Failure(
        int regex,
        @Nullable String identity,
        IdentityKind identityKind,
        long timeMicros,
        boolean isNoFailure,
        Map<String, @Nullable Object> groups,
        List<String> matches) {

    /** The time of a line without a date. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** What the identity of a failure is. */
    public enum IdentityKind {
        /** An address. */
        ADDRESS,
        /** A name to be resolved. */
        HOST_NAME,
        /** Any other text: nothing that can be banned. */
        TEXT,
        /** Not known yet. */
        PENDING
    }

    /** Whether it counts: it is a failure, and somebody's. */
    public boolean isFailure() {
        return !isNoFailure && identityKind != IdentityKind.PENDING;
    }

    /**
     * Reads the address to ban: that of the line, otherwise the identity.
     *
     * @param into takes the address
     * @return whether there is one
     */
    public boolean parseAddress(AddressParser into) {
        String address = group("ip4") != null ? group("ip4") : group("ip6");
        return (address != null && into.parseWhole(address)) || (identity != null && into.parseWhole(identity));
    }

    /** The length of the prefix if the line names a network, otherwise -1. */
    public int prefixLength() {
        String length = group("cidr");
        try {
            return length == null || length.isEmpty() ? -1 : Integer.parseInt(length);
        } catch (NumberFormatException e) {
            // More digits than an int has: no prefix.
            return -1;
        }
    }

    /** The text of a group, or null. */
    public @Nullable String group(String name) {
        Object value = groups.get(name);
        return value == null ? null : value.toString();
    }
}
