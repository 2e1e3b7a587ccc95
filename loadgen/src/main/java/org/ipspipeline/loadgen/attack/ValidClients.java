package org.ipspipeline.loadgen.attack;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.HdrHistogram.Recorder;
import org.ipspipeline.loadgen.net.Epoll;
import org.ipspipeline.loadgen.net.SystemCallException;
import org.ipspipeline.loadgen.report.Counters;

/** The work of the thread that plays all valid clients: each in turn sends a request, and all wait for answers. */
final class ValidClients implements Runnable, Closeable {

    private static final int EVENTS = 256;
    private static final int TICK_MILLIS = 1;
    private static final long LAST_WAIT_NANOS = 500_000_000L;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final List<ValidClient> clients;
    private final Schedule schedule;
    private final Epoll epoll = new Epoll(EVENTS);
    private final Counters<ValidCounter> counters = new Counters<>(ValidCounter.class);
    private final Recorder latency = new Recorder(LONGEST_NANOS, DIGITS);
    private int turn;
    private long requests;
    private volatile boolean stopped;

    /**
     * Prepares the work.
     *
     * @param clients closed with this object
     * @param schedule of their requests together
     * @throws SystemCallException when the kernel refuses
     */
    ValidClients(List<ValidClient> clients, Schedule schedule) throws SystemCallException {
        this.clients = List.copyOf(clients);
        this.schedule = schedule;
        for (int i = 0; i < clients.size(); i++) {
            epoll.add(clients.get(i).socket(), i);
        }
    }

    /** Sends until {@link #stop}, then waits half a second for the last answers. */
    @Override
    public void run() {
        try {
            long begin = System.nanoTime();
            while (!stopped) {
                long due = schedule.due((System.nanoTime() - begin) / 1e9, requests);
                for (long i = 0; i < due; i++) {
                    request();
                }
                takeAnswers();
            }
            long end = System.nanoTime() + LAST_WAIT_NANOS;
            while (pending() > 0 && System.nanoTime() - end < 0) {
                takeAnswers();
            }
            counters.add(ValidCounter.UNANSWERED, pending());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void request() {
        ValidClient client = clients.get(turn);
        turn = turn + 1 == clients.size() ? 0 : turn + 1;
        requests++;
        long now = System.nanoTime();
        int result = client.socket().sendByte(client.nextByte());
        if (result == -SystemCallException.ECONNREFUSED) {
            // The report about an earlier request; this one has not been sent yet.
            counters.add(ValidCounter.UNREACHABLE, 1);
            result = client.socket().sendByte(client.nextByte());
        }
        if (result < 0) {
            counters.add(ValidCounter.REFUSED, 1);
            return;
        }
        if (client.sent(now)) {
            counters.add(ValidCounter.UNANSWERED, 1);
        }
        counters.add(client.family(), 1);
    }

    private void takeAnswers() throws IOException {
        int ready = epoll.await(TICK_MILLIS);
        for (int i = 0; i < ready; i++) {
            // One datagram each: a socket with more is reported again.
            takeAnswer(clients.get(epoll.token(i)));
        }
    }

    private void takeAnswer(ValidClient client) {
        int answer = client.socket().receiveByte();
        if (answer == -SystemCallException.ECONNREFUSED) {
            counters.add(ValidCounter.UNREACHABLE, 1);
        } else if (answer >= 0) {
            long nanos = client.answered(answer, System.nanoTime());
            if (nanos == ValidClient.UNEXPECTED) {
                counters.add(ValidCounter.UNEXPECTED, 1);
            } else {
                counters.add(ValidCounter.ANSWERED, 1);
                latency.recordValue(Math.min(nanos, LONGEST_NANOS));
            }
        }
    }

    private long pending() {
        long pending = 0;
        for (ValidClient client : clients) {
            pending += client.pending();
        }
        return pending;
    }

    /** Makes {@link #run} send no more. */
    void stop() {
        stopped = true;
    }

    /** {@return what was counted, readable by any thread} */
    Counters<ValidCounter> counters() {
        return counters;
    }

    /** {@return the times from request to answer in nanoseconds; taking them out is for one thread at a time} */
    Recorder latency() {
        return latency;
    }

    @Override
    public void close() throws IOException {
        epoll.close();
        for (ValidClient client : clients) {
            client.socket().close();
        }
    }
}
