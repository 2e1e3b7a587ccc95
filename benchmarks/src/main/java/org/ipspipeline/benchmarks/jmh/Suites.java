package org.ipspipeline.benchmarks.jmh;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs suites, each in a JVM of its own with the options of this one. */
public final class Suites {

    private static final TimeValue ITERATION = TimeValue.milliseconds(700);
    private static final int WARM_UP = 4;

    private Suites() {}

    /**
     * Runs.
     *
     * @param pattern an expression that the names of the benchmarks to run hold, such as {@code StageBenchmark}
     * @param iterations measured, of 0.7 s each
     * @return a result for each benchmark and set of parameters, with the bytes allocated an operation
     * @throws RunnerException when there is none of that name, or one fails
     */
    public static Collection<RunResult> run(String pattern, int iterations) throws RunnerException {
        return new Runner(options(pattern)
                        .forks(1)
                        .jvmArgsPrepend("--enable-native-access=ALL-UNNAMED")
                        .warmupIterations(WARM_UP)
                        .warmupTime(ITERATION)
                        .measurementIterations(iterations)
                        .measurementTime(ITERATION)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    /** Runs each for a moment in this JVM: the figures mean nothing, but whatever fails does so here. */
    static Collection<RunResult> rehearse(String pattern) throws RunnerException {
        TimeValue moment = TimeValue.milliseconds(5);
        return new Runner(options(pattern)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(moment)
                        .build())
                .run();
    }

    private static ChainedOptionsBuilder options(String pattern) {
        return new OptionsBuilder().include(pattern).shouldFailOnError(true).verbosity(VerboseMode.SILENT);
    }

    /**
     * {@return the bytes allocated an operation}
     *
     * @param result of a run
     */
    public static double bytesAllocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }
}
