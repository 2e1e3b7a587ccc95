package org.ipspipeline.ips.command.control;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.control.ControlClient;
import org.ipspipeline.ips.control.ControlException;
import org.ipspipeline.ips.control.ControlSocket;
import org.ipspipeline.ips.control.Fail2banText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a daemon. Ends with 0, with 1 if the daemon refuses, with 3 if there is none. */
abstract class ControlCommand implements Callable<Integer> {

    private static final int REFUSED = 1;
    private static final int NO_DAEMON = 3;
    private static final JSON FORMAT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The daemon's control socket (default: /run/ips-pipeline.sock).")
    private Path socket = ControlSocket.DEFAULT_PATH;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    ControlCommand() {}

    /** What the daemon is asked. */
    abstract List<String> question();

    /** The answer for people. */
    String text(@Nullable Object answer) {
        return Fail2banText.of(question(), answer);
    }

    @Override
    public Integer call() throws IOException {
        ControlClient client;
        try {
            client = new ControlClient(socket);
        } catch (IOException absent) {
            complain(socket + ": no daemon answers there (" + absent.getMessage()
                    + "); start one, or name its socket with --socket");
            return NO_DAEMON;
        }
        try (client) {
            Object answer = client.ask(question());
            String text = json ? FORMAT.asString(answer) : text(answer);
            out(text);
            return 0;
        } catch (ControlException refused) {
            complain(Fail2banText.of(refused));
            return REFUSED;
        }
    }

    private void out(String text) {
        if (spec != null && !text.isEmpty()) {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        }
    }

    private void complain(String message) {
        if (spec != null) {
            spec.commandLine().getErr().println("ips-pipeline: " + message);
            spec.commandLine().getErr().flush();
        }
    }
}
