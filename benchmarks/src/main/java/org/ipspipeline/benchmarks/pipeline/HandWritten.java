package org.ipspipeline.benchmarks.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Ban;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Count;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Match;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Parse;

/** The four stages as one writes them with Disruptor alone: a producer's thread, and handlers of concrete classes. */
final class HandWritten {

    /** The size of all rings of these measurements. */
    static final int RING_SIZE = 1024;

    private static final int PUBLISH_BATCH = 64;

    private final RingBuffer<Item> ring;
    private final int steps;
    private final Ban ban;
    private final long items;
    private final List<BatchEventProcessor<Item>> processors = new ArrayList<>();

    HandWritten(int steps, long items) {
        this.ring = RingBuffer.createSingleProducer(Item::new, RING_SIZE, new YieldingWaitStrategy());
        this.steps = steps;
        this.ban = new Ban(steps);
        this.items = items;
    }

    /** All four in one handler. */
    HandWritten fused() {
        Parse parse = new Parse(steps);
        Match match = new Match(steps);
        Count count = new Count(steps);
        append((item, sequence, endOfBatch) -> {
            parse.handle(item);
            match.handle(item);
            count.handle(item);
            ban.handle(item);
        });
        return this;
    }

    /** Each in a handler with a thread of its own, one behind the other. */
    HandWritten staged() {
        Parse parse = new Parse(steps);
        Match match = new Match(steps);
        Count count = new Count(steps);
        append((item, sequence, endOfBatch) -> parse.handle(item));
        append((item, sequence, endOfBatch) -> match.handle(item));
        append((item, sequence, endOfBatch) -> count.handle(item));
        append((item, sequence, endOfBatch) -> ban.handle(item));
        return this;
    }

    private void append(EventHandler<Item> handler) {
        Sequence[] before = processors.isEmpty()
                ? new Sequence[0]
                : new Sequence[] {processors.get(processors.size() - 1).getSequence()};
        processors.add(new BatchEventProcessorBuilder().build(ring, ring.newBarrier(before), handler));
    }

    /** Runs all items through, and tells how many million a second that were. */
    double millionsPerSecond() throws InterruptedException {
        Sequence end = processors.get(processors.size() - 1).getSequence();
        ring.addGatingSequences(end);
        List<Thread> threads = processors.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        long begin = System.nanoTime();
        produce();
        while (end.get() < items - 1) {
            Thread.onSpinWait();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        processors.forEach(processor -> processor.halt());
        for (Thread thread : threads) {
            thread.join();
        }
        return items / seconds / 1e6;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the same as the strategy of the declared pipeline does
    private void produce() {
        for (long number = 0; number < items; ) {
            int batch = (int) Math.min(PUBLISH_BATCH, items - number);
            // A full ring's next() would sleep for longer than it takes the consumers to empty the ring.
            while (!ring.hasAvailableCapacity(batch)) {
                Thread.yield();
            }
            long last = ring.next(batch);
            for (long sequence = last - batch + 1; sequence <= last; sequence++) {
                ring.get(sequence).fill(number++);
            }
            ring.publish(last - batch + 1, last);
        }
    }

    /** What the last stage has added up, to compare with others that did the same. */
    long sum() {
        return ban.sum();
    }

    /** Fills one item after the other and works on it, with neither ring nor second thread. */
    static double loop(int steps, long items) {
        Parse parse = new Parse(steps);
        Match match = new Match(steps);
        Count count = new Count(steps);
        Ban ban = new Ban(steps);
        Items source = new Items(items);
        Item item = new Item();
        long begin = System.nanoTime();
        while (source.poll(item)) {
            parse.handle(item);
            match.handle(item);
            count.handle(item);
            ban.handle(item);
        }
        return items * 1e3 / (System.nanoTime() - begin);
    }
}
