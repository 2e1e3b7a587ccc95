package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.Ring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ring remove}: takes a ring away that nobody uses. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes a ring that nobody is attached to, with all lines that are in it.")
final class RingRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", description = "Where the ring is.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path path;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return RingErrors.explain(() -> {
            Ring.remove(path);
            return 0;
        });
    }
}
