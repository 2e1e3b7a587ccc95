package org.ipspipeline.benchmarks.ring;

import java.io.IOException;

/** Runs an overwriting writer with and without a slow reader, and adds up what readers got, lost and found torn. */
final class OverwriteAccounts {

    private long delivered;
    private long lost;
    private long torn;
    private long written;

    static double rateWithoutReader() throws IOException {
        try (Peers peers = new Peers()) {
            return Double.parseDouble(peers.result(peers.start(OverwritePeer.class, "writer", "0")));
        }
    }

    double rateWithReader(double linesReadASecond) throws IOException {
        try (Peers peers = new Peers()) {
            final String rate = String.valueOf(linesReadASecond);
            final int writer = peers.start(OverwritePeer.class, "writer", rate);
            final int reader = peers.start(OverwritePeer.class, "reader", rate);
            final String[] counts = peers.result(reader).split(" ", -1);
            delivered += Long.parseLong(counts[0]);
            lost += Long.parseLong(counts[1]);
            torn += Long.parseLong(counts[2]);
            written += Long.parseLong(counts[3]);
            return Double.parseDouble(peers.result(writer));
        }
    }

    long delivered() {
        return delivered;
    }

    long lost() {
        return lost;
    }

    long torn() {
        return torn;
    }

    /** Lines that were neither delivered nor counted as lost; negative for lines too many. */
    long missing() {
        return delivered + lost - written;
    }
}
