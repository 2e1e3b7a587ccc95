package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.comparison.NativeProgram;

/** The programs that are compared. */
final class Followers {

    private static final Pattern FAIL2BAN = Pattern.compile("NOTICE\\s+\\[bench] Ban (\\S+)");
    private static final Pattern SSHGUARD = Pattern.compile("(?m)^block (\\S+)");
    /** Matches no text. */
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private static final Pattern CROWDSEC = Pattern.compile("Ip (\\S+) performed");

    private Followers() {}

    static List<Follower.Kind> all() {
        return List.of(new Ours(), new Fail2ban(), new Sshguard(), new Crowdsec());
    }

    private static List<String> oursCommand(Path log, Path socket) {
        return JavaProcess.of(
                        DaemonProcess.class,
                        "--source",
                        "file:" + log,
                        "--pattern",
                        FollowingPeers.PATTERN,
                        "--max-retry",
                        Integer.toString(FollowingPeers.MAX_RETRY),
                        "--dry-run",
                        "--socket",
                        socket.toString())
                .command();
    }

    private record Ours() implements Follower.Kind {

        @Override
        public String name() {
            return "ips-pipeline";
        }

        @Override
        public String missing() {
            return "";
        }

        @Override
        public Follower start(Path directory, Path log) throws IOException, InterruptedException {
            final Path output = directory.resolve("ips-pipeline.out");
            final Path socket = directory.resolve("control");
            final ProcessFollower process = ProcessFollower.start(oursCommand(log, socket), output, output, NOTHING);
            process.awaitText(output, "enforcement ");
            return new ControlledFollower(process, socket);
        }
    }

    private record Fail2ban() implements Follower.Kind {

        @Override
        public String name() {
            return "fail2ban";
        }

        @Override
        public String missing() {
            return NativeProgram.isInstalled("fail2ban-server") ? "" : "fail2ban-server (Debian's package fail2ban)";
        }

        @Override
        public Follower start(Path directory, Path log) throws IOException, InterruptedException {
            final Path configuration = Files.createDirectories(directory.resolve("fail2ban"));
            Files.createDirectories(configuration.resolve("filter.d"));
            Files.createDirectories(configuration.resolve("action.d"));
            final Path text = directory.resolve("fail2ban.log");
            Files.writeString(
                    configuration.resolve("fail2ban.conf"),
                    "[Definition]\nloglevel = INFO\nlogtarget = " + text + "\nsyslogsocket = auto\nsocket = "
                            + directory
                            + "/fail2ban.sock\npidfile = " + directory
                            + "/fail2ban.pid\ndbfile = None\ndbpurgeage = 1d\ndbmaxmatches = 10\n");
            Files.writeString(
                    configuration.resolve("filter.d/bench.conf"),
                    "[Definition]\nfailregex = " + FollowingPeers.PATTERN + "\n");
            Files.writeString(configuration.resolve("action.d/none.conf"), "[Definition]\nactionban =\n");
            Files.writeString(
                    configuration.resolve("jail.conf"),
                    "[bench]\nenabled = true\nfilter = bench\nbackend = auto\nlogpath = " + log
                            + "\naction = none\nusedns = no\nfindtime = 600\nbantime = 3600\nmaxretry = "
                            + FollowingPeers.MAX_RETRY + "\n");
            final ProcessFollower follower = ProcessFollower.start(
                    List.of("fail2ban-server", "-f", "-c", configuration.toString(), "start"),
                    directory.resolve("fail2ban.out"),
                    text,
                    FAIL2BAN);
            follower.awaitText(text, "Jail 'bench' started");
            return follower;
        }
    }

    private record Sshguard() implements Follower.Kind {

        private static final String PARSER = "sshg-parser";
        private static final String BLOCKER = "sshg-blocker";

        @Override
        public String name() {
            return "sshguard";
        }

        @Override
        public String missing() {
            return helper(PARSER).isEmpty() || helper(BLOCKER).isEmpty()
                    ? "sshg-parser (Debian's package sshguard)"
                    : "";
        }

        @Override
        public Follower start(Path directory, Path log) throws IOException {
            final Path output = directory.resolve("sshguard.out");
            final String script = "tail -n 0 -F " + log + " | " + helper(PARSER) + " | " + helper(BLOCKER) + " -a "
                    + 10 * FollowingPeers.MAX_RETRY + " -p 3600 -s 600";
            return ProcessFollower.start(List.of("/bin/sh", "-c", script), output, output, SSHGUARD);
        }

        private static String helper(String name) {
            return Stream.of(
                            "/usr/libexec/sshguard",
                            "/usr/lib/sshguard",
                            "/usr/lib/x86_64-linux-gnu",
                            "/usr/libexec",
                            "/usr/sbin")
                    .map(directory -> Path.of(directory, name))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .findFirst()
                    .orElse("");
        }
    }

    private record Crowdsec() implements Follower.Kind {

        private static final String INSTALLED = "/etc/crowdsec/config.yaml";
        private static final Path HUB = Path.of("/usr/share/crowdsec/hub");
        private static final List<String> PARTS = List.of(
                "parsers/s00-raw/crowdsecurity/syslog-logs.yaml",
                "parsers/s01-parse/crowdsecurity/sshd-logs.yaml",
                "parsers/s02-enrich/crowdsecurity/dateparse-enrich.yaml",
                "scenarios/crowdsecurity/ssh-bf.yaml");

        @Override
        public String name() {
            return "CrowdSec";
        }

        @Override
        public String missing() {
            return NativeProgram.isInstalled("crowdsec") && Files.exists(Path.of(INSTALLED))
                    ? ""
                    : "crowdsec (Debian's package crowdsec)";
        }

        /**
         * Its own parsers and scenario for SSH, as the package brings them, from a directory of this run's: the package's own set-up wants to
         * register with its makers over the network.
         */
        @Override
        public Follower start(Path directory, Path log) throws IOException, InterruptedException {
            final Path acquisition = directory.resolve("acquis.yaml");
            Files.writeString(acquisition, "filenames:\n  - " + log + "\nlabels:\n  type: syslog\n");
            final Path own = Files.createDirectories(directory.resolve("crowdsec"));
            for (String part : PARTS) {
                final Path link = own.resolve(part.replace("crowdsecurity/", ""));
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, HUB.resolve(part));
            }
            Files.createSymbolicLink(own.resolve("patterns"), Path.of(INSTALLED).resolveSibling("patterns"));
            final Path configuration = directory.resolve("crowdsec.yaml");
            Files.writeString(
                    configuration,
                    Files.readString(Path.of(INSTALLED))
                                    .replaceAll("(?m)^(\\s*config_dir:).*$", "$1 " + own + "/")
                                    .replaceAll("(?m)^(\\s*hub_dir:).*$", "$1 " + HUB + "/")
                                    .replaceAll("(?m)^(\\s*index_path:).*$", "$1 " + HUB.resolve(".index.json"))
                                    .replaceAll("(?m)^(\\s*acquisition_path:).*$", "$1 " + acquisition)
                                    .replaceAll("(?m)^(\\s*log_media:).*$", "$1 stdout")
                            + "\n");
            final Path output = directory.resolve("crowdsec.out");
            final ProcessFollower follower = ProcessFollower.start(
                    List.of("crowdsec", "-c", configuration.toString()), output, output, CROWDSEC);
            follower.awaitText(output, "Starting processing data");
            return follower;
        }
    }
}
