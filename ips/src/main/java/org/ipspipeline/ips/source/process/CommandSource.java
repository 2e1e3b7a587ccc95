package org.ipspipeline.ips.source.process;

import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.stream.FedSource;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineHandover;
import org.ipspipeline.ips.source.stream.StreamReader;

/** What a shell command prints on its standard output. */
public final class CommandSource {

    private CommandSource() {}

    /**
     * Starts a command.
     *
     * @param name the source as the operator wrote it
     * @param command for {@code /bin/sh -c}
     * @param policy when to start it again
     * @param doorbell rung when there are lines
     * @param maxLineLength bytes of a line that are kept
     * @return the source; exhausted when the policy lets the command rest
     */
    public static LineSource start(
            String name, String command, RestartPolicy policy, Doorbell doorbell, int maxLineLength) {
        final SourceMeter meter = new SourceMeter();
        final LineHandover handover = new LineHandover(doorbell, maxLineLength);
        final StreamReader reader = new StreamReader(handover, meter, maxLineLength);
        final Supervisor supervisor = new Supervisor(name, policy, () -> List.of("/bin/sh", "-c", command));
        return new FedSource(name, meter, handover, new CommandFeeder(supervisor, reader));
    }

    private record CommandFeeder(Supervisor supervisor, StreamReader reader) implements Feeder {

        @Override
        public void feed() throws IOException, InterruptedException {
            supervisor.run(output -> reader.readToEnd(Channels.newChannel(output)));
        }

        @Override
        public String state() {
            return supervisor.state();
        }

        @Override
        public void close() {
            supervisor.close();
        }
    }
}
