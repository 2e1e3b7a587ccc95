package org.ipspipeline.benchmarks.evaluation.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A run and what it came to.
 *
 * @param name of the row
 * @param parameters what was run, for people and to tell whether it is to be run again
 * @param clients attackers in all
 * @param limit lines that ban a client
 * @param banSeconds how long a ban lasts
 * @param samples of the run
 * @param notes what to know when reading it, such as the sender used
 */
public record RunResult(
        String name,
        Map<String, Object> parameters,
        int clients,
        int limit,
        double banSeconds,
        Samples samples,
        Map<String, Object> notes) {

    /** {@return the figures} */
    public RunFigures figures() {
        return new RunFigures(samples, clients, limit, banSeconds);
    }

    /** {@return the object that is kept} */
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("parameters", parameters);
        json.put("clients", clients);
        json.put("limit", limit);
        json.put("ban_s", banSeconds);
        json.put("notes", notes);
        json.put("figures", figuresJson());
        json.put("columns", Samples.header());
        json.put("samples", samples.toJson());
        return json;
    }

    /** {@return the figures by their names in files; null where a run has none} */
    public Map<String, @Nullable Object> figuresJson() {
        RunFigures figures = figures();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("duration_s", finite(figures.seconds()));
        json.put("offered_pps", finite(figures.offeredPerSecond()));
        json.put("ban_cycles", figures.cycles());
        json.put("relative_drop_percent", finite(figures.relativeDropPercent()));
        json.put("drop_percent", finite(figures.dropPercent()));
        json.put("time_to_95_percent_drop_s", orNull(figures.secondsToMost()));
        json.put("time_to_95_percent_drop_again_s", orNull(figures.secondsToMostAgain()));
        json.put("log_messages", finite(figures.messages()));
        json.put("lines_lost", finite(figures.lost()));
        json.put("lines_unaccounted", finite(figures.unaccounted()));
        json.put("queue_full", finite(samples.last(Quantity.QUEUE_FULL)));
        json.put("ips_cpu_s", finite(figures.cpuSeconds()));
        json.put("ips_cpu_us_per_message", finite(figures.cpuMicrosPerMessage()));
        json.put("bans", finite(samples.last(Quantity.BANS)));
        json.put("bans_per_s", finite(figures.bansPerSecond()));
        json.put("valid_answered_percent", finite(figures.answeredPercent()));
        return json;
    }

    /**
     * {@return the result that {@link #toJson} made the object of}
     *
     * @param json the object
     */
    public static RunResult fromJson(Map<String, Object> json) {
        return new RunResult(
                String.valueOf(json.get("name")),
                object(json.get("parameters")),
                number(json.get("clients")).intValue(),
                number(json.get("limit")).intValue(),
                number(json.get("ban_s")).doubleValue(),
                Samples.fromJson((List<?>) required(json.get("columns")), (List<?>) required(json.get("samples"))),
                object(json.get("notes")));
    }

    private static Map<String, Object> object(@Nullable Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        ((Map<?, ?>) required(value)).forEach((key, each) -> object.put(String.valueOf(key), each));
        return object;
    }

    private static Number number(@Nullable Object value) {
        return (Number) required(value);
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a result without one of its parts");
        }
        return value;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? finite(value.getAsDouble()) : null;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? Math.rint(value * 1000) / 1000 : null;
    }
}
