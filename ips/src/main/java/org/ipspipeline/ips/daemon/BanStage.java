package org.ipspipeline.ips.daemon;

import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.pipeline.stage.Stage;

/** Bans whom the failures of a block have brought to the limit, all at once. */
final class BanStage implements Stage<LineBlock> {

    private final BanWorker worker;

    BanStage(BanWorker worker) {
        this.worker = worker;
    }

    @Override
    public void handle(LineBlock block) {
        worker.end();
    }
}
