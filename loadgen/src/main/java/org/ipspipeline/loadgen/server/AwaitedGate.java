package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.ips.enforce.gate.Gate;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a daemon that may start after the server: lets everybody in until the daemon has made its file, and asks the
 * gate from then on.
 */
final class AwaitedGate implements RequestGate {

    private static final long LOOK_EVERY_MILLIS = 50;

    private final Path path;
    private volatile @Nullable Gate gate;

    private AwaitedGate(Path path) {
        this.path = path;
    }

    /**
     * Opens the gate, or waits for it in the background.
     *
     * @param path of the gate's file
     * @throws UsageException when there is a file that is no gate
     */
    static AwaitedGate at(Path path) {
        AwaitedGate awaited = new AwaitedGate(path);
        if (!awaited.tryOpen()) {
            Thread waiting = new Thread(awaited::await, "gate");
            waiting.setDaemon(true);
            waiting.start();
        }
        return awaited;
    }

    private void await() {
        try {
            while (!tryOpen()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (UsageException noGate) {
            System.err.println("ips-pipeline: " + noGate.getMessage() + "; everybody is let in");
        }
    }

    private boolean tryOpen() {
        if (!Files.exists(path)) {
            return false;
        }
        try {
            gate = Gate.open(path);
            return true;
        } catch (NoSuchFileException goneAgain) {
            return false;
        } catch (IOException noGate) {
            throw new UsageException("--gate: " + noGate.getMessage(), noGate);
        }
    }

    @Override
    public boolean isBanned(long high, long low) {
        Gate opened = gate;
        return opened != null && opened.isBanned(high, low, System.nanoTime());
    }
}
