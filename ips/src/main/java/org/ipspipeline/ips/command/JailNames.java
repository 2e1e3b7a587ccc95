package org.ipspipeline.ips.command;

import java.util.function.IntFunction;

/** The jails' names by their numbers, for enforcers that are there before the daemon is. */
final class JailNames implements IntFunction<String> {

    private volatile IntFunction<String> known = jail -> "jail " + jail;

    /** Takes the names from there from now on. */
    void follow(IntFunction<String> names) {
        known = names;
    }

    @Override
    public String apply(int jail) {
        return known.apply(jail);
    }
}
