package org.ipspipeline.pipeline.cpu;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.openhft.affinity.Affinity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pins the calling thread. Of OpenHFT Affinity only the system calls are used: its locks never hand out CPU 0, and take CPUs
 * that a cpuset forbids for free ones.
 */
public final class Pinning {

    private static final Logger LOG = LoggerFactory.getLogger(Pinning.class);

    private Pinning() {}

    /**
     * Pins the calling thread, and reads back whether it is so.
     *
     * @param cpu the CPU's number
     * @return whether the thread now runs on that CPU alone; otherwise it runs where it did, and a warning says why
     */
    public static boolean pin(int cpu) {
        try {
            Affinity.setAffinity(cpu);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "thread {} cannot be pinned to CPU {}: {}",
                    Thread.currentThread().getName(),
                    cpu,
                    e.toString());
            return false;
        }
        BitSet mask = Affinity.getAffinity();
        boolean pinned = mask.cardinality() == 1 && mask.get(cpu);
        if (!pinned) {
            LOG.warn(
                    "thread {} was to be pinned to CPU {}, but may run on {}",
                    Thread.currentThread().getName(),
                    cpu,
                    mask);
        }
        return pinned;
    }

    /** The CPUs that the calling thread may run on. */
    static List<Integer> allowedCpus() {
        try {
            List<Integer> allowed = Affinity.getAffinity().stream().boxed().toList();
            if (!allowed.isEmpty()) {
                return allowed;
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the CPUs that may be used cannot be told, assuming the first ones: {}", e.toString());
        }
        return IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .boxed()
                .toList();
    }
}
