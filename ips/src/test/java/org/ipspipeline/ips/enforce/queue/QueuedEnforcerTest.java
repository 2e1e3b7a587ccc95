package org.ipspipeline.ips.enforce.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.lifted;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.junit.jupiter.api.Test;

final class QueuedEnforcerTest {

    private final Slow slow = new Slow();

    /** Works only as often as it is let, and fails when told. */
    private static final class Slow implements Backend {

        final Semaphore turns = new Semaphore(0);
        final List<String> done = new CopyOnWriteArrayList<>();
        final AtomicInteger starts = new AtomicInteger();
        volatile boolean broken;

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public boolean expires() {
            return false;
        }

        @Override
        public boolean distinguishesJails() {
            return false;
        }

        @Override
        public int batchSize() {
            return 4;
        }

        @Override
        public void start() throws IOException {
            if (broken) {
                throw new IOException("still broken");
            }
            starts.incrementAndGet();
        }

        @Override
        public void change(BanBatch batch) throws IOException {
            turns.acquireUninterruptibly();
            if (broken) {
                throw new IOException("broken");
            }
            for (int i = 0; i < batch.count(); i++) {
                String sign = batch.untilNanos(i) == BanBatch.LIFTED ? "-" : "+";
                done.add(sign + new AddressPrefix(batch.high(i), batch.low(i), batch.prefixLength(i)));
            }
        }

        @Override
        public boolean forEachBan(BanVisitor visitor) {
            return false;
        }

        @Override
        public long dropped() {
            return -1;
        }

        @Override
        public void stop() {
            done.add("stop");
        }
    }

    @Test
    void changesAreMadeInTheirOrderAndAllBeforeTheEnd() throws Exception {
        QueuedEnforcer enforcer = QueuedEnforcer.start(slow, 16);
        enforcer.ban(batch(Long.MAX_VALUE, "192.0.2.1", "192.0.2.2"));
        enforcer.unban(lifted("192.0.2.1"));
        enforcer.ban(batch(Long.MAX_VALUE, "192.0.2.3"));
        slow.turns.release(100);
        enforcer.close();
        assertThat(slow.done).containsExactly("+192.0.2.1", "+192.0.2.2", "-192.0.2.1", "+192.0.2.3", "stop");
        assertThat(enforcer.lost()).isZero();
    }

    @Test
    void aFullQueueRejectsAndKeepsNobodyWaiting() throws Exception {
        try (QueuedEnforcer enforcer = QueuedEnforcer.start(slow, 4)) {
            BanBatch many = new BanBatch(100);
            for (int i = 0; i < 100; i++) {
                many.add(0, 0xFFFF_C000_0200L + i, 128, Long.MAX_VALUE, 0, 0);
            }
            enforcer.ban(many);
            // What is not in the queue is in the backend's hands.
            assertThat(many.rejectedCount()).isBetween(100 - 4 - 4, 100 - 4);
            BanBatch ends = lifted("192.0.2.200", "192.0.2.201", "192.0.2.202", "192.0.2.203", "192.0.2.204");
            enforcer.unban(ends);
            assertThat(enforcer.lost()).isEqualTo(ends.rejectedCount()).isPositive();
            slow.turns.release(100);
        }
    }

    @Test
    void aBrokenBackendIsStartedAgainAndWhatWaitsIsDoneThen() throws Exception {
        slow.turns.release(100);
        slow.broken = false;
        try (QueuedEnforcer enforcer = QueuedEnforcer.start(slow, 16, Duration.ofMillis(20))) {
            slow.broken = true;
            enforcer.ban(batch(Long.MAX_VALUE, "192.0.2.1"));
            await().untilAsserted(() -> assertThat(enforcer.failures()).isGreaterThan(2));
            enforcer.ban(batch(Long.MAX_VALUE, "192.0.2.2"));
            slow.broken = false;
            await().untilAsserted(() -> assertThat(slow.done).containsExactly("+192.0.2.2"));
            assertThat(enforcer.isFailing()).isFalse();
            assertThat(enforcer.lost()).isEqualTo(1);
            assertThat(slow.starts).hasValue(2);
        }
    }
}
