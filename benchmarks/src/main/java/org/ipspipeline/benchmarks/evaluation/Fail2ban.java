package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A fail2ban server of its own: configuration, socket, database and log in a directory of the run. Debian's action is read
 * where its package has installed it.
 */
final class Fail2ban implements AutoCloseable {

    private static final Path PACKAGE = Path.of("/etc/fail2ban");
    private static final Path SERVER = Path.of("/usr/bin/fail2ban-server");
    private static final String JAIL = "evaluation";
    private static final long PAUSE_MILLIS = 20;

    private final Process process;
    private final BanLog log;
    private final Path errors;

    private Fail2ban(Process process, BanLog log, Path errors) {
        this.process = process;
        this.log = log;
        this.errors = errors;
    }

    /** {@return whether Debian's package is installed} */
    static boolean isInstalled() {
        return Files.isExecutable(SERVER) && Files.exists(PACKAGE.resolve("action.d/nftables-allports.conf"));
    }

    /**
     * What a jail is told.
     *
     * @param source the server's log file
     * @param limit lines that ban
     * @param banTime how long
     * @param bans a file that gets a line {@code ban ADDRESS} for each ban, in the place of Debian's nftables action; null for
     *     that action
     */
    record JailSettings(
            Path source,
            int limit,
            Duration banTime,
            @Nullable Path bans) {}

    /**
     * Writes the configuration, and starts the server.
     *
     * @param directory gets everything that belongs to it
     * @param settings of the jail
     * @param network where it runs
     * @throws IOException when it cannot be started
     */
    static Fail2ban start(Path directory, JailSettings settings, UnaryOperator<List<String>> network)
            throws IOException {
        Files.createDirectories(directory.resolve("filter.d"));
        Files.createDirectories(directory.resolve("action.d"));
        for (String action : List.of("nftables.conf", "nftables-allports.conf")) {
            Files.createSymbolicLink(
                    directory.resolve("action.d").resolve(action),
                    PACKAGE.resolve("action.d").resolve(action));
        }
        Path logFile = directory.resolve("fail2ban.log");
        Files.writeString(directory.resolve("fail2ban.conf"), server(directory, logFile));
        Files.writeString(directory.resolve("filter.d/evaluation.conf"), FILTER);
        Files.writeString(directory.resolve("action.d/evaluation-xdp.conf"), XDP_ACTION);
        Files.writeString(directory.resolve("jail.conf"), jail(settings));
        if (!Files.exists(settings.source())) {
            Files.createFile(settings.source());
        }
        Path errors = directory.resolve("errors.log");
        Process process = new ProcessBuilder(network.apply(List.of(
                        "setpriv",
                        "--pdeathsig",
                        "KILL",
                        SERVER.toString(),
                        "-f",
                        "-x",
                        "-c",
                        directory.toString(),
                        "-s",
                        directory.resolve("socket").toString(),
                        "-p",
                        directory.resolve("pid").toString(),
                        "start")))
                .redirectErrorStream(true)
                .redirectOutput(errors.toFile())
                .start();
        process.getOutputStream().close();
        return new Fail2ban(process, new BanLog(logFile), errors);
    }

    private static String server(Path directory, Path log) {
        return """
                [Definition]
                loglevel = INFO
                logtarget = %s
                syslogsocket = auto
                socket = %s
                pidfile = %s
                dbfile = %s
                dbpurgeage = 1d
                dbmaxmatches = 10
                allowipv6 = auto
                """.formatted(
                        log, directory.resolve("socket"), directory.resolve("pid"), directory.resolve("bans.sqlite3"));
    }

    private static final String FILTER = """
            [Definition]
            failregex = client <HOST> exceeded request rate limit$
            """;

    /** A shell command a ban, as any action of fail2ban's; the daemon that follows the file ends the ban itself. */
    private static final String XDP_ACTION = """
            [Definition]
            actionban = echo 'ban <ip>' >> <bans>
            """;

    private static String jail(JailSettings settings) {
        String action = settings.bans() == null
                ? "nftables-allports[name=" + JAIL + ", protocol=udp, blocktype=drop]"
                : "evaluation-xdp[bans=" + settings.bans() + "]";
        return """
                [%s]
                enabled = true
                filter = evaluation
                logpath = %s
                backend = polling
                usedns = no
                ignoreself = false
                maxretry = %d
                findtime = 10m
                bantime = %d
                action = %s
                """.formatted(
                        JAIL,
                        settings.source(),
                        settings.limit(),
                        Math.max(1, settings.banTime().toSeconds()),
                        action);
    }

    /**
     * Waits until its jail has started.
     *
     * @param limit how long
     * @throws IOException when it ends instead, or takes longer, with its last words
     */
    void awaitReady(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!log.hasStarted()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                List<String> said = Files.readAllLines(errors);
                throw new IOException(
                        "fail2ban did not start: " + (said.isEmpty() ? "without a word" : said.get(said.size() - 1)));
            }
            Thread.sleep(PAUSE_MILLIS);
            log.read();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Its decisions so far, by its own log. */
    BanLog log() throws IOException {
        log.read();
        return log;
    }

    /** Ends it at once: its own end would lift the bans one by one, and its network goes anyway. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
