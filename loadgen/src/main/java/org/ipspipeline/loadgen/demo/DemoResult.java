package org.ipspipeline.loadgen.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration came to.
 *
 * @param options what was asked for
 * @param enforcement {@code xdp-native}, {@code xdp-generic} or {@code userspace}
 * @param end the sums at the end
 * @param timeTo95PercentDrop seconds from the first packet until 95 % of what the attackers sent was dropped, or null if that
 *     never came
 */
record DemoResult(
        DemoOptions options,
        String enforcement,
        DemoSample end,
        @Nullable Double timeTo95PercentDrop) {

    private static final double WELL = 99;

    /**
     * The thesis's formula (chapter 4): of what could have been dropped, how much was. What each client must send before it
     * can be banned, once every ban cycle, cannot be dropped.
     */
    double relativeDropPercent() {
        double droppable = end.offeredInvalid() - (double) cycles() * options.maxRetry() * options.attackers();
        return droppable <= 0 ? 0 : 100 * end.dropped() / droppable;
    }

    double answeredPercent() {
        return end.offeredValid() == 0 ? 100 : 100.0 * end.answeredValid() / end.offeredValid();
    }

    boolean lostNothing() {
        return end.lost() == 0 && end.written() == end.read();
    }

    boolean isWell() {
        return relativeDropPercent() >= WELL && answeredPercent() >= WELL && lostNothing();
    }

    /** The ban cycles that fit into the duration, the last one begun included. */
    long cycles() {
        long banNanos = options.banTime().toNanos();
        return (options.duration().toNanos() + banNanos - 1) / banNanos;
    }

    /** The object that {@code --json} writes. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("duration_s", options.duration().toMillis() / 1000.0);
        json.put("enforcement", enforcement);
        json.put("offered", Map.of("invalid", end.offeredInvalid(), "valid", end.offeredValid()));
        json.put("dropped_in_kernel", enforcement.equals("userspace") ? 0 : end.dropped());
        if (enforcement.equals("userspace")) {
            json.put("dropped_in_server", end.dropped());
        }
        json.put("reached_server", Map.of("invalid", end.reachedInvalid(), "valid", end.reachedValid()));
        json.put("answered_valid", end.answeredValid());
        json.put("lines", Map.of("written", end.written(), "read", end.read(), "lost", end.lost()));
        json.put("bans", Map.of("total", end.bans(), "active_end", end.activeBans(), "distinct", end.distinctBans()));
        json.put("ban_latency_us", Map.of("p50", end.latency50(), "p99", end.latency99(), "max", end.latencyMax()));
        json.put("time_to_95_percent_drop_s", timeTo95PercentDrop);
        json.put("relative_drop_percent", relativeDropPercent());
        return json;
    }
}
