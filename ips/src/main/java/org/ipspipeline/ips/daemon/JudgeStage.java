package org.ipspipeline.ips.daemon;

import java.util.List;
import org.ipspipeline.ips.jail.Judge;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.pipeline.stage.Stage;

/** Finds the failures in a block, as its source wants it judged. */
final class JudgeStage implements Stage<LineBlock> {

    private final Judge[] judges;
    private final LineTotals totals;

    /**
     * @param judges by the numbers of the sources
     * @param totals told what came
     */
    JudgeStage(List<Judge> judges, LineTotals totals) {
        this.judges = judges.toArray(Judge[]::new);
        this.totals = totals;
    }

    @Override
    public void handle(LineBlock block) {
        block.clearFailures();
        judges[block.source()].judge(block);
        totals.add(block.lines().count(), block.lines().lost(), block.failures());
    }
}
