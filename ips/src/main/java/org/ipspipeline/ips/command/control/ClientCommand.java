package org.ipspipeline.ips.command.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.JailConfiguration;
import org.ipspipeline.ips.configuration.TimeExpression;
import org.ipspipeline.ips.control.ControlClient;
import org.ipspipeline.ips.control.ControlException;
import org.ipspipeline.ips.control.ControlSocket;
import org.ipspipeline.ips.control.Fail2banText;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.jail.JailSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ips-pipeline client}: takes the words of {@code fail2ban-client}, prints what it prints, and ends as it does, with 0 or
 * 255. What has no counterpart says so.
 */
@Command(
        name = "client",
        description = {
            "Takes the commands of fail2ban-client and prints what scripts parse: client status sshd.",
            "A command without a counterpart here says so."
        })
public final class ClientCommand implements Callable<Integer> {

    private static final int REFUSED = 255;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);

    /** What fail2ban's own client does with a server that it starts. */
    private static final Set<String> SERVER_WORDS = Set.of("start");

    private @Nullable CommandSpec spec;

    @Option(names = "-c", paramLabel = "DIR", description = "The configuration, for -t (default: /etc/fail2ban).")
    private Path configuration = Path.of("/etc/fail2ban");

    @Option(
            names = {"-s", "--socket"},
            paramLabel = "PATH",
            description = "The daemon's control socket (default: /run/ips-pipeline.sock).")
    private Path socket = ControlSocket.DEFAULT_PATH;

    @Option(names = "-p", paramLabel = "PATH", description = "Not looked at: the socket is enough.")
    void pidFile(String unused) {}

    @Option(
            names = {"-t", "--test"},
            description = "Test the configuration.")
    private boolean test;

    @Option(
            names = {"-d", "--dump", "--dp", "-i", "-x", "-f", "-b"},
            description = "No counterpart.")
    private boolean withoutCounterpart;

    @Option(
            names = {"-q", "-v"},
            description = "Not looked at.")
    void verbosity(boolean[] unused) {}

    @Option(names = "--str2sec", paramLabel = "TIME", description = "Print a time in seconds.")
    private @Nullable String time;

    @Option(
            names = {"-V", "--version"},
            description = "Print the release of fail2ban that is followed.")
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    void help(boolean unused) {}

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command of fail2ban-client with its words.")
    private List<String> words = List.of();

    /** Options end where the command begins: {@code set J unbanip --report-absent IP} is all command. */
    @Spec
    void spec(CommandSpec model) {
        spec = model;
        model.parser().stopAtPositional(true).unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws IOException {
        if (withoutCounterpart) {
            return refuse("this option of fail2ban-client has no counterpart here");
        }
        if (version) {
            return print("1.0.2");
        }
        if (time != null) {
            return seconds(time);
        }
        if (test) {
            return test();
        }
        if (words.isEmpty()) {
            Objects.requireNonNull(spec).commandLine().usage(out());
            return REFUSED;
        }
        if (SERVER_WORDS.contains(words.get(0)) && words.size() == 1) {
            return refuse("'start' has no counterpart here: start the daemon with 'systemctl start ips-pipeline' or"
                    + " 'ips-pipeline run --config " + configuration + "'");
        }
        return ask();
    }

    private int ask() throws IOException {
        try (ControlClient client = new ControlClient(socket)) {
            return print(Fail2banText.of(words, client.ask(words)));
        } catch (ControlException refused) {
            complain(Fail2banText.logged(refused));
            print(Fail2banText.of(refused));
            return REFUSED;
        } catch (IOException absent) {
            return refuse("Failed to access socket path: " + socket + ". Is fail2ban running?");
        }
    }

    private int seconds(String text) {
        try {
            return print(Long.toString(Math.round(TimeExpression.seconds(text))));
        } catch (IllegalArgumentException wrong) {
            return refuse(String.valueOf(wrong.getMessage()));
        }
    }

    private int test() {
        try {
            JailConfiguration read = JailConfiguration.open(configuration);
            JailSet unused = JailSet.EMPTY.next(
                    read.enabledJailNames().stream().map(read::jail).toList(), new PortSets(List.of()));
            return print("OK: configuration test is successful");
        } catch (ConfigurationException wrong) {
            complain(String.valueOf(wrong.getMessage()));
            return refuse("Test configuration failed");
        }
    }

    private int print(String text) {
        out().println(text);
        out().flush();
        return 0;
    }

    private int refuse(String message) {
        complain(message);
        return REFUSED;
    }

    /** In the form of fail2ban's own messages. */
    private void complain(String message) {
        PrintWriter error = Objects.requireNonNull(spec).commandLine().getErr();
        error.printf(
                Locale.ROOT,
                "%s fail2ban                [%d]: ERROR   %s%n",
                TIME.format(LocalDateTime.now(ZoneId.systemDefault())),
                ProcessHandle.current().pid(),
                message);
        error.flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
