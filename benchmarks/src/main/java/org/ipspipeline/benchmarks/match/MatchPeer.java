package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** The JVM that one engine runs in: goes over a file until it is warm, then measures. */
public final class MatchPeer {

    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final long MEASURED_NANOS = 700_000_000L;

    private MatchPeer() {}

    /**
     * Prints lines a second, bytes allocated for each line, matches and different addresses of a pass, in one line.
     *
     * @param arguments {@code ENGINE FILE PATTERN...}
     * @throws IOException when the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Engine engine = Engine.Kind.named(arguments[0]).make(List.of(arguments).subList(2, arguments.length));
        Path file = Path.of(arguments[1]);
        Engine.Found first = engine.pass(file);
        passes(engine, file, WARM_UP_NANOS);
        long allocatedBefore = allocated();
        double[] measured = passes(engine, file, MEASURED_NANOS);
        double allocated = (allocated() - allocatedBefore) / measured[0];
        System.out.println(Math.round(measured[0] / measured[1]) + " " + allocated + " " + first.matches() + " "
                + first.addresses());
    }

    /** Goes over the file again and again for so long; the lines, and the seconds that they took. */
    private static double[] passes(Engine engine, Path file, long nanos) throws IOException {
        long begin = System.nanoTime();
        long lines = 0;
        long elapsed;
        do {
            lines += engine.pass(file).lines();
            elapsed = System.nanoTime() - begin;
        } while (elapsed < nanos);
        return new double[] {lines, elapsed / 1e9};
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
