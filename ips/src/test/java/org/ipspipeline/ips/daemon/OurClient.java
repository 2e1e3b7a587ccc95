package org.ipspipeline.ips.daemon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.command.control.ClientCommand;
import picocli.CommandLine;

/** {@code ips-pipeline client}, called within this JVM. */
final class OurClient {

    private final Path socket;

    OurClient(Path socket) {
        this.socket = socket;
    }

    Fail2banServer.Answer client(String... words) {
        StringWriter output = new StringWriter();
        StringWriter error = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("-s", socket.toString()));
        arguments.addAll(List.of(words));
        int code = new CommandLine(new ClientCommand())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(error))
                .execute(arguments.toArray(String[]::new));
        return new Fail2banServer.Answer(code, output.toString(), error.toString());
    }
}
