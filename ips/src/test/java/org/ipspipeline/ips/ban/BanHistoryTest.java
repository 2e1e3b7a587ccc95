package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BanHistoryTest {

    private final BanHistory history = new BanHistory(1000, 100);
    private final BanHistory.Past past = new BanHistory.Past();

    @Test
    void remembersTheLastBanOfEachPrefixAndJail() {
        history.note(1, 2, 128, 3, 1, 10);
        history.note(1, 2, 128, 3, 2, 50);
        history.note(1, 2, 64, 3, 9, 50);
        assertThat(history.find(1, 2, 128, 3, 60, past)).isTrue();
        assertThat(past.count).isEqualTo(2);
        assertThat(past.since).isEqualTo(50);
        assertThat(history.find(1, 2, 128, 4, 60, past)).isFalse();
        assertThat(past.count).isZero();
    }

    @Test
    void forgetsWhatIsTooOld() {
        history.note(1, 2, 128, 3, 1, 10);
        assertThat(history.find(1, 2, 128, 3, 109, past)).isTrue();
        assertThat(history.find(1, 2, 128, 3, 110, past)).isFalse();
    }

    @Test
    void theOldestGoesWhereThereIsNoRoom() {
        BanHistory small = new BanHistory(4, 1_000_000);
        for (int i = 1; i <= 100; i++) {
            small.note(0, i, 128, 0, i, i);
        }
        int found = 0;
        for (int i = 1; i <= 100; i++) {
            found += small.find(0, i, 128, 0, 100, past) ? 1 : 0;
        }
        assertThat(found).isEqualTo(4);
        assertThat(small.find(0, 100, 128, 0, 100, past)).isTrue();
    }

    @Test
    void readersSeeWholeEntriesOnly() throws Exception {
        BanHistory small = new BanHistory(4, Long.MAX_VALUE);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            BanHistory.Past seen = new BanHistory.Past();
            int wrong = 0;
            while (!done.get()) {
                for (int i = 1; i <= 9; i++) {
                    if (small.find(i, i, 128, 0, 0, seen)) {
                        wrong += seen.since == -seen.count ? 0 : 1;
                    }
                }
            }
            return wrong;
        });
        for (int i = 1; i <= 500_000; i++) {
            small.note(i % 9 + 1, i % 9 + 1, 128, 0, i, -i);
        }
        done.set(true);
        assertThat(reader.get()).isZero();
    }
}
