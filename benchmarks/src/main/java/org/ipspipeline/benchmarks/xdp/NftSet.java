package org.ipspipeline.benchmarks.xdp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.benchmarks.network.Family;

/** Scripts for nft: a set of banned addresses, and a chain that drops and counts what comes from them. */
final class NftSet {

    static final String TABLE = "ipsbench";

    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");

    private NftSet() {}

    static String create(Family family, String table, String hook) {
        return """
                table %1$s %2$s {
                    set banned { type %3$s; flags timeout; }
                    chain in {
                        type filter hook %4$s;
                        %5$s saddr @banned counter drop
                    }
                }
                """.formatted(table, TABLE, family.nftType(), hook, family.nftHeader());
    }

    /** Bans for an hour, as nft's own expiry has it. */
    static void appendBans(StringBuilder script, Family family, int clients, String table) {
        script.append("add element ").append(table).append(' ').append(TABLE).append(" banned { ");
        for (int client = 0; client < clients; client++) {
            script.append(family.text(client)).append(" timeout 1h, ");
        }
        script.append("}\n");
    }

    static long packets(String listing) {
        Matcher matcher = PACKETS.matcher(listing);
        if (!matcher.find()) {
            throw new IllegalStateException("nft does not show a counter: " + listing);
        }
        return Long.parseLong(matcher.group(1));
    }
}
