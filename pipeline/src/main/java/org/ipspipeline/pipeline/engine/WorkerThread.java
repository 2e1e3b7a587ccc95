package org.ipspipeline.pipeline.engine;

import java.util.concurrent.CountDownLatch;
import org.ipspipeline.pipeline.cpu.CpuAssignment;
import org.ipspipeline.pipeline.cpu.Pinning;

/**
 * The thread of one worker: pins itself, makes the stages, waits until all the others have, and works. Daemon threads, so that
 * an application that forgets its pipeline still ends.
 */
final class WorkerThread extends Thread {

    private final Worker<?> worker;
    private final int cpu;
    private final RunState state;
    private final CountDownLatch prepared;
    private final CountDownLatch go;
    private final Runnable ended;

    private volatile int pinnedTo = CpuAssignment.UNPINNED;

    WorkerThread(
            String name,
            Worker<?> worker,
            int cpu,
            RunState state,
            CountDownLatch prepared,
            CountDownLatch go,
            Runnable ended) {
        super(name);
        this.worker = worker;
        this.cpu = cpu;
        this.state = state;
        this.prepared = prepared;
        this.go = go;
        this.ended = ended;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            prepare();
            go.await();
            worker.serve();
        } catch (Throwable failure) {
            state.fail(failure);
        } finally {
            worker.finish();
            ended.run();
        }
    }

    private void prepare() {
        try {
            if (cpu != CpuAssignment.UNPINNED && Pinning.pin(cpu)) {
                pinnedTo = cpu;
            }
            worker.prepare();
        } catch (Throwable failure) {
            state.fail(
                    failure); // before this thread counts as prepared: whoever waits for that looks for failures next
        } finally {
            prepared.countDown();
        }
    }

    Worker<?> worker() {
        return worker;
    }

    /** The CPU that it runs on alone, as read back from the kernel, or {@link CpuAssignment#UNPINNED}. */
    int pinnedTo() {
        return pinnedTo;
    }
}
