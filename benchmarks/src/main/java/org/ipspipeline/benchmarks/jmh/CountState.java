package org.ipspipeline.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Failures of 65,534 clients in turn, none of which reaches its limit. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class CountState {

    private static final int CLIENTS = 65_534;
    private static final int FIRST = 0x0A00_0000;
    private static final long FIND_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final FailureRule RULE = new FailureRule(0, FailureRule.MAX_RETRY, FIND_NANOS, FIND_NANOS);

    /** Lines a block. */
    @Param({"1", "64"})
    public int lines;

    private FailureCounter counter;
    private int next;

    /** Makes the table. */
    @Setup
    public void open() {
        counter = new FailureCounter(new FailureTable(2 * CLIENTS, AddressHash.random(), System.nanoTime()));
    }

    Outcome count() {
        long now = System.nanoTime();
        counter.begin(now);
        Outcome outcome = Outcome.IGNORED;
        for (int i = 0; i < lines; i++) {
            next = (next + 1) % CLIENTS;
            outcome = counter.fail(0, Addresses.lowOfIpv4(FIRST + next), RULE, 1, now, now);
        }
        return outcome;
    }
}
