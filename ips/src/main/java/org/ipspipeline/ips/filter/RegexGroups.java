package org.ipspipeline.ips.filter;

import org.ipspipeline.ips.filter.regex.PythonRegex;
import org.jspecify.annotations.Nullable;

/**
 * Where a match of a failregex tells the things that a plain verdict is made of: for each of them the number of a group, of the
 * failregex where that has a group of the name, else of the prefregex.
 *
 * @param ownIdentity {@code fid}
 * @param ipv4 {@code ip4}
 * @param ipv6 {@code ip6}
 * @param name {@code dns}
 * @param noFailure {@code nofail}
 */
record RegexGroups(Place ownIdentity, Place ipv4, Place ipv6, Place name, Place noFailure) {

    /** A group: negative for none. */
    record Place(int group, boolean inPrefix) {}

    static RegexGroups of(PythonRegex regex, @Nullable PythonRegex prefix) {
        return new RegexGroups(
                place("fid", regex, prefix),
                place("ip4", regex, prefix),
                place("ip6", regex, prefix),
                place("dns", regex, prefix),
                place("nofail", regex, prefix));
    }

    private static Place place(String name, PythonRegex regex, @Nullable PythonRegex prefix) {
        int own = regex.group(name);
        return own >= 0 || prefix == null ? new Place(own, false) : new Place(prefix.group(name), true);
    }
}
