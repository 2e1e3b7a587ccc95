package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ipspipeline.ips.control.ControlClient;

/** This project's daemon, which is asked for its bans at its control socket: with a pattern it writes no line for each. */
final class ControlledFollower implements Follower {

    private static final Pattern ADDRESS = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b");

    private final ProcessFollower process;
    private final Path socket;

    /**
     * @param process follows
     * @param socket where it is asked
     */
    ControlledFollower(ProcessFollower process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Set<String> banned() throws IOException {
        try (ControlClient client = new ControlClient(socket)) {
            return ADDRESS.matcher(String.valueOf(client.ask(List.of("banned"))))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
