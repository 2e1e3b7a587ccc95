package org.ipspipeline.ips.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.LineFeed;
import org.ipspipeline.ips.source.ring.RingSource;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.RunningPipeline;
import org.ipspipeline.pipeline.stage.Stage;

/**
 * An intrusion prevention system in thirty lines, inside a program that has its own way to shut somebody out.
 *
 * <pre>
 *   ring, a Disruptor for each segment --&gt; match --&gt; count --&gt; whom to ban
 *                                           2 workers, which steal from each other
 * </pre>
 */
final class EmbeddedIps {

    private final PatternSet patterns = PatternSet.compile(List.of("client <HOST> exceeded request rate limit"));
    private final FailureTable failures = new FailureTable(100_000, AddressHash.random(), System.nanoTime());
    private final FailureRule rule = new FailureRule(
            0, 3, Duration.ofSeconds(60).toNanos(), Duration.ofMinutes(10).toNanos());

    /**
     * Starts.
     *
     * @param ring where servers write their lines
     * @param ban told the address of whoever has reached the limit, by any worker
     */
    RunningPipeline start(Path ring, Consumer<String> ban) {
        return Pipeline.<LineBlock>named("ips")
                .events(() -> new LineBlock(256, 64 * 1024))
                .sources(RingSource.open("ring:" + ring, ring, StartPosition.OLDEST).stream()
                        .map(segment -> new LineFeed<>(segment, LineBlock::lines))
                        .toList())
                .stage("match", worker -> patterns.newMatcher()::match)
                .sink("count", worker -> count(new FailureCounter(failures), ban))
                .workers(2)
                .stealing(true)
                .build()
                .start();
    }

    private Stage<LineBlock> count(FailureCounter counter, Consumer<String> ban) {
        return block -> {
            long now = System.nanoTime();
            counter.begin(now);
            for (int failure = 0; failure < block.failures(); failure++) {
                long high = block.high(failure);
                long low = block.low(failure);
                if (counter.fail(high, low, rule, 1, now, now) == Outcome.BANNED) {
                    ban.accept(AddressFormatter.toString(high, low));
                }
            }
            block.clear();
        };
    }
}
