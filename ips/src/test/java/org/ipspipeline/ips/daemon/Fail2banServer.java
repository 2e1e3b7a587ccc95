package org.ipspipeline.ips.daemon;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.testing.Machine;

/** The machine's fail2ban with a configuration of the test's own, as a server. It is ended when this is closed. */
final class Fail2banServer implements AutoCloseable {

    /** What a command of its client came to. */
    record Answer(int code, String output, String error) {}

    private final Path directory;
    private final Path configuration;

    private Fail2banServer(Path directory, Path configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /** Starts it, or skips the test where it is not installed. */
    static Fail2banServer start(Path directory, Fail2banTree tree) {
        Machine.needsPrograms("fail2ban-server", "fail2ban-client");
        tree.write(
                "fail2ban.conf",
                "[Definition]\nloglevel = INFO\nallowipv6 = auto\nsyslogsocket = auto\nlogtarget = " + directory
                        + "/f2b.log\nsocket = " + directory + "/f2b.sock\npidfile = " + directory
                        + "/f2b.pid\ndbfile = "
                        + directory + "/f2b.sqlite3\ndbpurgeage = 1d\n");
        Fail2banServer server = new Fail2banServer(directory, tree.directory());
        Answer started = server.run("fail2ban-server", List.of("-b", "start"));
        if (started.code != 0) {
            // It may run all the same, without the jails that it does not understand.
            server.close();
            throw new IllegalStateException("fail2ban did not start: " + started);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> server.client("ping").code() == 0);
        return server;
    }

    /** Has its client carry out a command. */
    Answer client(String... words) {
        return run("fail2ban-client", List.of(words));
    }

    /** What it has logged. */
    String log() {
        try {
            return Files.readString(directory.resolve("f2b.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path socket() {
        return directory.resolve("f2b.sock");
    }

    private Answer run(String program, List<String> words) {
        try {
            Path output = Files.createTempFile(directory, "f2b", ".out");
            Path error = Files.createTempFile(directory, "f2b", ".err");
            List<String> command = new ArrayList<>(List.of(
                    program,
                    "-c",
                    configuration.toString(),
                    "-s",
                    socket().toString(),
                    "-p",
                    directory.resolve("f2b.pid").toString()));
            command.addAll(words);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(error.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            return new Answer(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(error, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        client("stop");
    }
}
