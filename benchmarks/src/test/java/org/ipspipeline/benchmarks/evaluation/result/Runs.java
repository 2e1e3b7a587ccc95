package org.ipspipeline.benchmarks.evaluation.result;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs that were never run. */
public final class Runs {

    private Runs() {}

    /**
     * A run of ten seconds at 1,000 packets a second: nothing dropped in the first second, then everything, but for half a second
     * after five seconds when the bans end.
     */
    public static RunResult tenSeconds(String name, String figure) {
        Samples samples = new Samples();
        double dropped = 0;
        double reached = 0;
        for (int i = 0; i <= 100; i++) {
            if (i > 10 && (i <= 50 || i > 55)) {
                dropped += 100;
            } else if (i > 0) {
                reached += 100;
            }
            Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
            values.put(Quantity.SECONDS, i / 10.0);
            values.put(Quantity.OFFERED, 100.0 * i);
            values.put(Quantity.DROPPED, dropped);
            values.put(Quantity.REACHED, reached);
            values.put(Quantity.WRITTEN, reached);
            values.put(Quantity.READ, reached);
            values.put(Quantity.VALID_OFFERED, 50.0 * i);
            values.put(Quantity.VALID_ANSWERED, 49.0 * i);
            values.put(Quantity.BANS, i > 10 ? 200.0 : 0);
            values.put(Quantity.BANS_ACTIVE, i > 10 ? 200.0 : 0);
            values.put(Quantity.IPS_CPU_MILLIS, 3.0 * i);
            samples.add(values);
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("figure", figure);
        parameters.put("title", "ips-pipeline, <ring>");
        parameters.put("subject", "ips-pipeline");
        parameters.put("medium", "ring");
        return new RunResult(name, parameters, 200, 3, 5, samples, new LinkedHashMap<>(Map.of("sender", "none")));
    }
}
