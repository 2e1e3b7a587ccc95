package org.ipspipeline.benchmarks.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.benchmarks.comparison.NativeProgram;
import org.jspecify.annotations.Nullable;

/**
 * A log daemon that is started for a run: in a mount namespace of its own, with its own /dev/log, so that the machine's
 * log sees nothing of it. Needs root.
 */
enum LogDaemon {
    /** rsyslog that takes from /dev/log and appends to a file. */
    RSYSLOG("rsyslogd", """
            cat > "$directory/rsyslog.conf" <<END
            module(load="imuxsock" SysSock.Name="/dev/log" SysSock.RateLimit.Interval="0")
            *.* action(type="omfile" file="$directory/log")
            END
            rsyslogd -n -f "$directory/rsyslog.conf" -i "$directory/pid" &
            """),
    /** systemd's journal, kept in memory. */
    JOURNAL("journalctl", """
            mount -t tmpfs none /run
            mkdir -p /run/log/journal /run/systemd/journal
            cat > /run/systemd/journald.conf <<END
            [Journal]
            Storage=volatile
            RateLimitIntervalSec=0
            END
            mkdir -p /run/systemd/journald.conf.d
            mv /run/systemd/journald.conf /run/systemd/journald.conf.d/bench.conf
            ln -s /run/systemd/journal/dev-log /dev/log
            /lib/systemd/systemd-journald 2>/dev/null &
            """);

    private static final Path JOURNALD = Path.of("/lib/systemd/systemd-journald");

    private static final String PREPARE = """
            directory=$1
            shift
            mount --make-rprivate /
            mkdir "$directory/shm"
            mount --bind /dev/shm "$directory/shm"
            mount -t tmpfs -o mode=755 none /dev
            mkdir /dev/shm
            mount --bind "$directory/shm" /dev/shm
            mknod -m 666 /dev/null c 1 3
            mknod -m 666 /dev/zero c 1 5
            mknod -m 666 /dev/random c 1 8
            mknod -m 666 /dev/urandom c 1 9
            """;

    private static final String RUN = """
            daemon=$!
            trap 'kill $daemon 2>/dev/null; wait $daemon 2>/dev/null' EXIT
            for i in $(seq 100); do [ -S /dev/log ] && break; sleep 0.05; done
            "$@" $daemon
            """;

    private final String program;
    private final String start;

    LogDaemon(String program, String start) {
        this.program = program;
        this.start = start;
    }

    /** What the machine lacks for it, null for nothing. */
    @Nullable
    String missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "root privileges, to give it a /dev/log of its own";
        }
        if (!NativeProgram.isInstalled("unshare")) {
            return "unshare";
        }
        boolean there = NativeProgram.isInstalled(program) || Files.isExecutable(Path.of("/usr/sbin", program));
        if (!there || (this == JOURNAL && !Files.isExecutable(JOURNALD))) {
            return this == JOURNAL ? "systemd-journald" : program;
        }
        return null;
    }

    /**
     * The command that starts the daemon, runs the peer beside it, and ends both.
     *
     * @param wrapper what the peer is to be started by
     * @param peer the program
     * @param arguments the peer's
     * @param directory for files of the run
     * @return the command line
     * @throws IOException if the script cannot be written
     */
    List<String> around(List<String> wrapper, Path peer, List<String> arguments, Path directory) throws IOException {
        Path script = directory.resolve("run");
        Files.writeString(script, "set -e\nPATH=$PATH:/usr/sbin:/sbin\n" + PREPARE + start + RUN);
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "sh", script.toString(), directory.toString()));
        command.addAll(wrapper);
        command.add(peer.toString());
        command.addAll(arguments);
        return command;
    }
}
