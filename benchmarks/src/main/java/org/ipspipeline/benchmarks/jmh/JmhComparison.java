package org.ipspipeline.benchmarks.jmh;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.ips.command.UsageException;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;

/** {@code bench jmh}: one part at a time, by JMH, with what it allocates. */
public final class JmhComparison implements Comparison {

    private static final List<String> SUITES = List.of(
            "RingBenchmark", "MatchingBenchmark", "CountingBenchmark", "AddressBenchmark", "MapUpdateBenchmark");

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public JmhComparison() {}

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String description() {
        return "ring, matching, counting, addresses and map updates, each alone, by JMH; a name chooses some";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (String suite : bench.arguments().isEmpty() ? SUITES : bench.arguments()) {
            bench.progress(suite);
            try {
                Suites.run(suite, bench.rounds()).forEach(result -> report(bench, result));
            } catch (NoBenchmarksException none) {
                throw new UsageException(
                        "bench jmh " + suite + ": no such benchmark; there are " + String.join(", ", SUITES), none);
            }
        }
    }

    private static void report(Bench bench, RunResult result) {
        bench.report(Row.alone(measure(result), result.getPrimaryResult().getScore(), "ns")
                .withNote(String.format(
                        Locale.ROOT,
                        "+/- %.1f; %.1f bytes allocated",
                        result.getPrimaryResult().getScoreError(),
                        Suites.bytesAllocated(result))));
    }

    /** The benchmark's simple name, and its parameters. */
    private static String measure(RunResult result) {
        BenchmarkParams parameters = result.getParams();
        String name = parameters.getBenchmark();
        String simple = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1)
                .replace("Benchmark", "");
        TreeMap<String, String> values = new TreeMap<>();
        parameters.getParamsKeys().forEach(key -> values.put(key, parameters.getParam(key)));
        return values.isEmpty() ? simple : simple + " " + String.join(", ", values.values());
    }
}
