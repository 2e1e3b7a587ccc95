package org.ipspipeline.loadgen.server;

import java.io.Closeable;
import java.io.IOException;

/**
 * One receiving thread's end of the server's port: takes requests in batches and answers them. Its methods are called by that
 * thread alone; the requests of a batch stay readable until the next call of {@link #receive}.
 */
interface RequestPort extends Closeable {

    /** What {@link #firstByte} returns for a request without a payload. */
    int EMPTY = -1;

    /** The most requests of one batch. */
    int BATCH = 128;

    /** How long {@link #receive} waits, so that a thread notices that it is to stop. */
    int WAIT_MILLIS = 100;

    /**
     * Waits for requests, at most {@link #WAIT_MILLIS}, and takes those that are there.
     *
     * @return how many requests, 0 when none came
     * @throws IOException when the socket is broken
     */
    int receive() throws IOException;

    /**
     * {@return the first byte of its payload, 0 to 255, or {@link #EMPTY}}
     *
     * @param i a request of the batch
     */
    int firstByte(int i);

    /**
     * {@return the first half of the client's address}
     *
     * @param i a request of the batch
     */
    long high(int i);

    /**
     * {@return the second half of the client's address}
     *
     * @param i a request of the batch
     */
    long low(int i);

    /**
     * Adds an answer of one byte.
     *
     * @param i the request it answers
     * @param answer the byte, of which the lowest eight bits count
     */
    void answer(int i, int answer);

    /**
     * Sends the answers added since the last call.
     *
     * @return how many the kernel took
     * @throws IOException when the socket is broken
     */
    int sendAnswers() throws IOException;

    /**
     * {@return requests that the kernel threw away because this port's receive queue was full, or -1 where it does not tell}
     *
     * @throws IOException when the socket is broken
     */
    long queueDrops() throws IOException;

    /** {@return the bytes of the receive queue, as the kernel accounts for them} */
    int receiveBufferBytes();
}
