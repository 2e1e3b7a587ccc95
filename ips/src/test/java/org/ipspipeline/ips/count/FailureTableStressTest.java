package org.ipspipeline.ips.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several threads on the same addresses: no failure is lost, and each ban is announced to exactly one of them. */
final class FailureTableStressTest {

    private static final int THREADS = 4;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void exactlyOneThreadBansEachAddressHoweverManyFailAtOnce() throws Exception {
        int addresses = 20_000;
        FailureTable table = new FailureTable(1 << 17, AddressHash.random(), 0);
        AtomicIntegerArray bans = new AtomicIntegerArray(addresses);
        // Each thread fails each address twice, and seven are enough: the last or the last but one of the eight bans.
        FailureRule rule = new FailureRule(0, 2 * THREADS - 1, SECOND, SECOND);
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Long> already = together(() -> {
            FailureCounter counter = new FailureCounter(table);
            counter.begin(0);
            for (int from = 0; from < addresses; from += 500) {
                barrier.await();
                for (int i = from; i < from + 500; i++) {
                    for (int twice = 0; twice < 2; twice++) {
                        if (counter.fail(i, i, rule, 1, 0, 0) == Outcome.BANNED) {
                            bans.incrementAndGet(i);
                        }
                    }
                }
            }
            assertThat(counter.evicted()).isZero();
            return counter.lines(Outcome.ALREADY_BANNED);
        });
        for (int i = 0; i < addresses; i++) {
            assertThat(bans.get(i)).as("bans of address %d", i).isEqualTo(1);
        }
        assertThat(already.stream().mapToLong(Long::longValue).sum()).isEqualTo(addresses);
    }

    @Test
    void noFailureIsLostWhileTimesMove() throws Exception {
        int failures = 50_000;
        FailureTable table = new FailureTable(64, AddressHash.random(), 0);
        FailureRule rule = new FailureRule(0, THREADS * failures, 365 * 86_400 * SECOND, SECOND);
        List<Long> bans = together(() -> {
            FailureCounter counter = new FailureCounter(table);
            for (int i = 0; i < failures; i++) {
                counter.begin(i * 1_000_000L);
                counter.fail(0, 1, rule, 1, i * 1_000_000L, i * 1_000_000L);
            }
            return counter.lines(Outcome.BANNED);
        });
        // The very last failure is the one that bans: with one lost, none would.
        assertThat(bans.stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
    }

    @Test
    void evictionUnderContentionNeverMixesAddressesUp() throws Exception {
        // Four entries for a thousand addresses, each failing once: whoever is banned got another's failure.
        FailureTable table = new FailureTable(2, AddressHash.random(), 0);
        FailureRule rule = new FailureRule(0, 2, SECOND, SECOND);
        List<Long> bans = together(() -> {
            FailureCounter counter = new FailureCounter(table);
            counter.begin(0);
            long thread = Thread.currentThread().getId() << 32;
            for (int i = 0; i < 200_000; i++) {
                counter.fail(thread | i, i, rule, 1, 0, 0);
            }
            assertThat(counter.entered()).isEqualTo(200_000);
            return counter.lines(Outcome.BANNED);
        });
        assertThat(bans).containsOnly(0L);
        assertThat(table.tracked()).isEqualTo(4);
    }

    private List<Long> together(Callable<Long> task) throws Exception {
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            futures.add(executor.submit(task));
        }
        List<Long> results = new ArrayList<>();
        for (Future<Long> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
