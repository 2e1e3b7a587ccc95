package org.ipspipeline.ips.enforce.nftables;

import java.util.List;

/**
 * How bans are kept in nftables.
 *
 * @param program nft and what comes before it, such as {@code ip netns exec NAME}
 * @param table the name of the table of family inet, which is all this daemon's
 * @param maxBans how many elements each set may have
 * @param keep whether the table stays, with its bans, when the daemon ends in order; it always does when it is killed
 */
public record NftOptions(List<String> program, String table, int maxBans, boolean keep) {

    /** Checks the values. */
    public NftOptions {
        program = List.copyOf(program);
        if (!table.matches("[A-Za-z][A-Za-z0-9_-]{0,50}")) {
            throw new IllegalArgumentException(
                    "nftables: a table's name is up to 51 letters, digits, - and _, not '" + table + "'");
        }
        if (maxBans < 1) {
            throw new IllegalArgumentException("nftables: the number of bans must be at least 1, not " + maxBans);
        }
    }

    /**
     * {@return the table {@code ips-pipeline}, with room for a million bans, removed in the end}
     */
    public static NftOptions defaults() {
        return new NftOptions(List.of("nft"), "ips-pipeline", 1 << 20, false);
    }

    /**
     * Sets {@link #program()}.
     *
     * @param words the program and what comes before it
     * @return a changed copy
     */
    public NftOptions withProgram(String... words) {
        return new NftOptions(List.of(words), table, maxBans, keep);
    }

    /**
     * Sets {@link #maxBans()}.
     *
     * @param bans at least 1
     * @return a changed copy
     */
    public NftOptions withMaxBans(int bans) {
        return new NftOptions(program, table, bans, keep);
    }

    /**
     * Sets {@link #keep()}.
     *
     * @param stays whether bans stay
     * @return a changed copy
     */
    public NftOptions withKeep(boolean stays) {
        return new NftOptions(program, table, maxBans, stays);
    }
}
