package org.ipspipeline.ips.enforce.nftables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.enforce.BanVisitor;

/** Reads what {@code nft -j list} prints, as it comes: a set may have a million elements. */
final class NftListing {

    private static final JsonFactory JSON = new JsonFactory();

    private NftListing() {}

    /**
     * Shows a set's elements. An element is a string, or an object whose {@code val} is one, with {@code expires} in whole
     * seconds if it does.
     */
    static void elements(String json, NftSet set, long nowNanos, BanVisitor visitor) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY && "elem".equals(parser.currentName())) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        element(parser, set, nowNanos, visitor);
                    }
                }
            }
        }
    }

    private static void element(JsonParser parser, NftSet set, long nowNanos, BanVisitor visitor) throws IOException {
        String address = "";
        long until = Long.MAX_VALUE;
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            address = parser.getText();
        } else {
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING && "val".equals(parser.currentName())) {
                    address = parser.getText();
                } else if (token == JsonToken.VALUE_NUMBER_INT && "expires".equals(parser.currentName())) {
                    until = nowNanos + TimeUnit.SECONDS.toNanos(parser.getLongValue());
                }
            }
        }
        AddressParser addresses = new AddressParser();
        if (!addresses.parseWhole(address)) {
            throw new IOException("nft: listed '" + address + "' in " + set.name() + ", which is no address");
        }
        visitor.ban(set.portSet(), addresses.high(), addresses.low(), set.prefixLength(), until, 0);
    }

    /** The packets of all counters together. */
    static long packets(String json) throws IOException {
        long packets = 0;
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && "packets".equals(parser.currentName())) {
                    packets += parser.getLongValue();
                }
            }
        }
        return packets;
    }
}
