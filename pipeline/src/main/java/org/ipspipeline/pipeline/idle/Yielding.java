package org.ipspipeline.pipeline.idle;

/** Spins for some rounds and then lets other threads run. */
record Yielding(int spins) implements IdleStrategy {

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // giving the CPU to whoever can use it is what is asked for
    public void idle(int emptyRounds) {
        if (emptyRounds <= spins) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    @Override
    public String toString() {
        return "yielding";
    }
}
