package org.ipspipeline.pipeline.idle;

/** Never gives the CPU away. */
record Spinning() implements IdleStrategy {

    @Override
    public void idle(int emptyRounds) {
        Thread.onSpinWait();
    }

    @Override
    public IdleStrategy onSharedCpus() {
        return IdleStrategy.yielding();
    }

    @Override
    public String toString() {
        return "spinning";
    }
}
