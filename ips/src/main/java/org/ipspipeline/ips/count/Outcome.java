package org.ipspipeline.ips.count;

/** What became of one failure. */
public enum Outcome {
    /** It was counted; the address stays below the jail's limit. */
    COUNTED,
    /** It was the one that reached the limit: whoever is told this, and nobody else, bans the address. */
    BANNED,
    /** The address is banned already; the line was on its way when the ban fell. Not counted. */
    ALREADY_BANNED,
    /** It lies further back than the jail looks. Not counted. */
    TOO_OLD,
    /** The jail ignores the address. Not counted. */
    IGNORED
}
