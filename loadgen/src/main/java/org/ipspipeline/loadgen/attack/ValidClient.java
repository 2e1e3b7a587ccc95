package org.ipspipeline.loadgen.attack;

import org.ipspipeline.loadgen.net.NativeSocket;

/**
 * A client that behaves: a connected socket, and when each of its last requests was sent. The byte that it sends numbers the
 * request, so that the answer (that byte + 1) tells which one it belongs to; it is never that of an invalid request.
 *
 * <pre>
 *   request  1nnnnnnn, n = number modulo 128         answer  the same + 1
 * </pre>
 */
final class ValidClient {

    /** What {@link #answered} returns for an answer that nobody waits for. */
    static final long UNEXPECTED = -1;

    private static final int WINDOW = 128;
    private static final int MARK = 0x80;

    private final NativeSocket socket;
    private final ValidCounter family;
    private final long[] sentAt = new long[WINDOW];
    private int next;
    private int pending;

    /**
     * Makes a client without requests.
     *
     * @param socket connected to the target
     * @param family the count of its requests
     */
    ValidClient(NativeSocket socket, ValidCounter family) {
        this.socket = socket;
        this.family = family;
    }

    NativeSocket socket() {
        return socket;
    }

    ValidCounter family() {
        return family;
    }

    /** Requests that have no answer yet. */
    int pending() {
        return pending;
    }

    /** The byte of the next request. */
    int nextByte() {
        return MARK | next;
    }

    /**
     * Notes that the next request was sent; it takes the place of one 128 requests before.
     *
     * @param nanoTime when
     * @return whether that one was still without an answer: it is given up
     */
    boolean sent(long nanoTime) {
        boolean givenUp = sentAt[next] != 0;
        sentAt[next] = nanoTime == 0 ? 1 : nanoTime;
        next = (next + 1) % WINDOW;
        pending += givenUp ? 0 : 1;
        return givenUp;
    }

    /**
     * Notes an answer.
     *
     * @param answer its byte, 0 to 255
     * @param nanoTime when
     * @return the nanoseconds that it took, or {@link #UNEXPECTED}
     */
    long answered(int answer, long nanoTime) {
        int request = (answer - 1) & 0xFF;
        int number = request & (WINDOW - 1);
        if (request < MARK || sentAt[number] == 0) {
            return UNEXPECTED;
        }
        long nanos = nanoTime - sentAt[number];
        sentAt[number] = 0;
        pending--;
        return Math.max(nanos, 0);
    }
}
