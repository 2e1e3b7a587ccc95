package org.ipspipeline.benchmarks.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way in which lines get from one process to others.
 *
 * @param name as the table shows it
 * @param kind who runs it
 * @param mechanism its name there
 * @param readers how many processes read, each all lines
 * @param lines written as fast as possible in a run
 */
record Contender(String name, Kind kind, String mechanism, int readers, int lines) {

    /** Who runs a contender. */
    enum Kind {
        /** {@code ipc_peer}. */
        C,
        /** {@link IpcPeer}. */
        JAVA,
        /** {@code ipc_peer}, with rsyslog behind /dev/log. */
        RSYSLOG,
        /** {@code ipc_peer}, with systemd's journal behind /dev/log. */
        JOURNAL
    }

    private static final int MANY = 1_000_000;
    private static final int SOME = 200_000;
    private static final int FEW = 20_000;

    /** All of them, in the table's order. */
    static List<Contender> all() {
        List<Contender> all = new ArrayList<>();
        add(all, "our ring, C", Kind.C, "ring", MANY, 1, 2, 4);
        add(all, "our ring, C, readers never sleep", Kind.C, "ring-spinning", MANY, 1);
        add(all, "our ring, Java", Kind.JAVA, IpcPeer.RING, MANY, 1, 2, 4);
        add(all, "POSIX shared memory, mutex", Kind.C, "posix-memory", SOME, 1, 2, 4);
        add(all, "System V shared memory, mutex", Kind.C, "system-v-memory", SOME, 1, 2, 4);
        add(all, "pipe", Kind.C, "pipe", SOME, 1);
        add(all, "named pipe", Kind.C, "fifo", SOME, 1);
        add(all, "Unix stream socket", Kind.C, "unix-stream", SOME, 1);
        add(all, "Unix datagram socket", Kind.C, "unix-datagram", SOME, 1);
        add(all, "POSIX message queue", Kind.C, "posix-queue", SOME, 1);
        add(all, "System V message queue", Kind.C, "system-v-queue", SOME, 1);
        add(all, "TCP, loopback", Kind.C, "tcp", SOME, 1);
        add(all, "UDP, loopback", Kind.C, "udp", SOME, 1);
        add(all, "ZeroMQ pub-sub (JeroMQ)", Kind.JAVA, IpcPeer.ZEROMQ, SOME, 1, 2, 4);
        add(all, "syslog() to rsyslog to a file", Kind.RSYSLOG, "syslog", FEW, 1);
        add(all, "syslog() to journald", Kind.JOURNAL, "journal", FEW, 1);
        return List.copyOf(all);
    }

    private static void add(
            List<Contender> all, String name, Kind kind, String mechanism, int lines, int... readerCounts) {
        IntStream.of(readerCounts).forEach(readers -> all.add(new Contender(name, kind, mechanism, readers, lines)));
    }

    /** Whether its files are shared memory, and not those of a log daemon that has another /dev. */
    boolean usesSharedMemory() {
        return kind == Kind.C || kind == Kind.JAVA;
    }

    /** The arguments of a peer. */
    List<String> arguments(long fast, long paced, String directory) {
        return Stream.of(mechanism, readers, fast, paced, directory)
                .map(String::valueOf)
                .toList();
    }
}
