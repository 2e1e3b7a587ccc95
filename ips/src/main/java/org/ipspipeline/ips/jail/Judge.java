package org.ipspipeline.ips.jail;

import org.ipspipeline.ips.line.LineBlock;

/** Finds the failures in blocks of lines. For one thread at a time. */
@FunctionalInterface
public interface Judge {

    /**
     * Notes the failures of a block in it.
     *
     * @param block its lines; has no failures yet
     */
    void judge(LineBlock block);
}
