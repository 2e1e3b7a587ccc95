package org.ipspipeline.benchmarks.parts;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;

/** Failures of many clients in turn, in an order that no cache foresees. */
public final class Counting {

    private static final int TIMES = 2_000_000;
    private static final int FIRST = 0xAC10_0000;
    private static final int STRIDE = 0x9E37_79B1;

    private final int addresses;
    private final FailureCounter counter;
    private final FailureRule rule =
            new FailureRule(0, FailureRule.MAX_RETRY, TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(1));
    private final ConcurrentHashMap<Integer, Integer> jdk = new ConcurrentHashMap<>();

    /**
     * Makes an empty table.
     *
     * @param addresses how many clients fail
     */
    public Counting(int addresses) {
        this.addresses = addresses;
        this.counter = new FailureCounter(
                new FailureTable(Math.max(1024, addresses), AddressHash.random(), System.nanoTime()));
    }

    private int address(int i) {
        return FIRST + Integer.remainderUnsigned(i * STRIDE, addresses);
    }

    /** {@return nanoseconds a failure}
     *
     * @throws Exception never
     */
    public double count() throws Exception {
        long now = System.nanoTime();
        counter.begin(now);
        return Loop.nanos(TIMES, times -> {
            long counted = 0;
            for (int i = 0; i < times; i++) {
                Outcome outcome = counter.fail(0, Addresses.lowOfIpv4(address(i)), rule, 1, now, now);
                counted += outcome == Outcome.COUNTED ? 1 : 0;
            }
            return counted;
        });
    }

    double countByJdk() throws Exception {
        return Loop.nanos(TIMES, times -> {
            long counted = 0;
            for (int i = 0; i < times; i++) {
                counted += jdk.merge(address(i), 1, Integer::sum);
            }
            return counted;
        });
    }
}
