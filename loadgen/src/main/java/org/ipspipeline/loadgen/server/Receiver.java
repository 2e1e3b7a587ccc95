package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.loadgen.report.Counters;

/**
 * The work of one receiving thread. A batch of requests is sorted into valid and invalid ones, the lines of the invalid ones
 * are composed and written, then the valid ones are answered: the attack is known before the answers cost their time.
 */
final class Receiver implements Runnable {

    /** The first payload byte of an invalid request. */
    static final int INVALID = 'B';

    /** How often the counts are read that the kernel keeps. */
    private static final long SAMPLE_NANOS = 100_000_000;

    private final RequestPort port;
    private final List<LogSink> sinks;
    private final LineForm form;
    private final RequestGate gate;
    private final LineBuffer lines;
    private final LoggingMeter meter = new LoggingMeter();
    private final int[] invalid = new int[RequestPort.BATCH];
    private final Counters<ServerCounter> counters = new Counters<>(ServerCounter.class);
    private long nextSample = System.nanoTime();
    private volatile boolean stopped;

    /**
     * Prepares the work.
     *
     * @param port this thread's
     * @param sinks all of them get every line; without one, messages are only counted
     * @param kind of the lines
     * @param gate asked about every client
     */
    Receiver(RequestPort port, List<LogSink> sinks, LineKind kind, RequestGate gate) {
        this.port = port;
        this.sinks = List.copyOf(sinks);
        this.form = kind.form();
        this.gate = gate;
        this.lines = LineBuffer.ofLines(RequestPort.BATCH, kind.longest());
    }

    /** Handles requests until {@link #stop}. */
    @Override
    public void run() {
        try {
            while (!stopped) {
                int requests = port.receive();
                if (requests > 0) {
                    handle(requests);
                }
                sampleFromTimeToTime();
            }
            sample();
        } catch (IOException broken) {
            if (!stopped) {
                throw new UncheckedIOException("receiving failed", broken);
            }
        }
    }

    /** Makes {@link #run} return within the port's waiting time. */
    void stop() {
        stopped = true;
    }

    /** What this thread counted, readable by any thread. */
    Counters<ServerCounter> counters() {
        return counters;
    }

    private void handle(int requests) throws IOException {
        int invalidCount = 0;
        int validIpv4 = 0;
        int validIpv6 = 0;
        int empty = 0;
        for (int i = 0; i < requests; i++) {
            long high = port.high(i);
            long low = port.low(i);
            boolean ipv4 = Addresses.isIpv4(high, low);
            if (gate.isBanned(high, low)) {
                counters.add(ipv4 ? ServerCounter.GATE_IPV4 : ServerCounter.GATE_IPV6, 1);
                continue;
            }
            int first = port.firstByte(i);
            if (first == INVALID) {
                invalid[invalidCount++] = i;
            } else if (first == RequestPort.EMPTY) {
                empty++;
            } else {
                port.answer(i, first + 1);
                validIpv4 += ipv4 ? 1 : 0;
                validIpv6 += ipv4 ? 0 : 1;
            }
        }
        if (invalidCount > 0) {
            log(invalidCount);
        }
        int valid = validIpv4 + validIpv6;
        if (valid > 0) {
            int answered = port.sendAnswers();
            counters.add(ServerCounter.ANSWERED, answered);
            counters.add(ServerCounter.UNANSWERED, valid - answered);
        }
        counters.add(ServerCounter.VALID_IPV4, validIpv4);
        counters.add(ServerCounter.VALID_IPV6, validIpv6);
        counters.add(ServerCounter.EMPTY, empty);
        counters.add(ServerCounter.BATCHES, 1);
    }

    private void log(int invalidCount) {
        meter.begin();
        int stamp = Stamps.now();
        int ipv4 = 0;
        form.setTime(System.currentTimeMillis());
        lines.clear();
        for (int i = 0; i < invalidCount; i++) {
            long high = port.high(invalid[i]);
            long low = port.low(invalid[i]);
            ipv4 += Addresses.isIpv4(high, low) ? 1 : 0;
            int length = form.compose(high, low);
            lines.append(form.bytes(), 0, length, stamp);
        }
        for (int i = 0; i < sinks.size(); i++) {
            LogSink sink = sinks.get(i);
            int taken = sink.write(lines);
            counters.add(sink.written(), taken);
            counters.add(sink.refused(), lines.count() - taken);
        }
        counters.add(ServerCounter.INVALID_IPV4, ipv4);
        counters.add(ServerCounter.INVALID_IPV6, invalidCount - ipv4);
        meter.end(invalidCount);
    }

    private void sampleFromTimeToTime() throws IOException {
        long now = System.nanoTime();
        if (now - nextSample >= 0) {
            nextSample = now + SAMPLE_NANOS;
            sample();
        }
    }

    private void sample() throws IOException {
        counters.set(ServerCounter.QUEUE_DROPPED, port.queueDrops());
        counters.set(ServerCounter.CPU_NANOS, LoggingMeter.cpuNanos());
        counters.set(ServerCounter.LOGGING_NANOS, meter.nanos());
    }
}
