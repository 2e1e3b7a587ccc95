package org.ipspipeline.ips.daemon;

import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.pipeline.stage.Stage;

/** Counts the failures of a block. Whom they ban is banned by the next stage of the same worker. */
final class CountStage implements Stage<LineBlock> {

    private final BanWorker worker;
    private final JailPolicy jail;

    CountStage(BanWorker worker, JailPolicy jail) {
        this.worker = worker;
        this.jail = jail;
    }

    @Override
    public void handle(LineBlock block) {
        worker.begin(System.nanoTime());
        int failures = block.failures();
        for (int failure = 0; failure < failures; failure++) {
            int stamp = block.lines().stamp(block.line(failure));
            worker.fail(jail, block.high(failure), block.low(failure), 1, worker.timeOf(stamp), stamp);
        }
    }
}
