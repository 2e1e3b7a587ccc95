package org.ipspipeline.ips.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ipspipeline.ipc.FullPolicy;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.control.ControlClient;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon that is killed at random moments while lines come: the next one's bans, the kernel's and the store's are the same, and they are
 * those of everybody whose lines were written. {@code -Dips.kills=100} for more than a few.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("ips.kills", 4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_RETRY = 3;
    private static final int SEGMENTS = 2;
    /** More than are written while a daemon is killed and another one starts. */
    private static final int LINES = 1 << 17;

    private static final long PAUSE_NANOS = 2_000_000;
    /** Lines of clients that are banned already, for each client that is not. */
    private static final int REPEATED = 15;

    private static final Pattern ADDRESS = Pattern.compile("\\b10\\.\\d+\\.\\d+\\.\\d+\\b");

    @TempDir
    Path directory;

    /** Writes the failures of one client after the other until it is told to stop, and again. */
    private static final class Writer implements Runnable {

        private final SegmentWriter[] segments;
        private final AtomicBoolean paused = new AtomicBoolean();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile int clients;
        private volatile boolean resting;

        Writer(Ring ring) {
            segments = new SegmentWriter[SEGMENTS];
            for (int i = 0; i < SEGMENTS; i++) {
                segments[i] = ring.claim(i, FullPolicy.giveBack());
            }
        }

        @Override
        public void run() {
            int next = 0;
            while (!ended.get()) {
                resting = paused.get();
                if (!resting) {
                    write(next, MAX_RETRY);
                    next++;
                    clients = next;
                    for (int i = 1; i <= Math.min(REPEATED, next); i++) {
                        write(next - i, 1);
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private void write(int client, int failures) {
            byte[] line = ("client " + address(client) + " failed").getBytes(US_ASCII);
            for (int i = 0; i < failures; i++) {
                // The failures of one client come through both segments.
                SegmentWriter segment = segments[(client + i) % SEGMENTS];
                while (segment.write(line, 0, line.length, Stamps.now()) == SegmentWriter.FULL) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        /** How many clients' lines are written; no more come until {@link #goOn}. */
        int pause() {
            paused.set(true);
            await().atMost(PATIENCE).until(() -> resting);
            return clients;
        }

        void goOn() {
            paused.set(false);
        }
    }

    private static String address(int client) {
        return "10." + (client >> 16) + "." + (client >> 8 & 0xFF) + "." + (client & 0xFF);
    }

    @Test
    void nothingIsForgottenAndEverythingAgreesAfterEachKill() throws Exception {
        Machine.needsPrograms("nft");
        Path path = Path.of("/dev/shm/ips-kill-test-" + ProcessHandle.current().pid());
        SplittableRandom random = new SplittableRandom(4711);
        try (VethPair network = VethPair.create();
                Ring ring = Ring.create(
                        path,
                        RingOptions.builder()
                                .segments(SEGMENTS)
                                .lines(LINES)
                                .lineSize(56)
                                .build())) {
            Writer writer = new Writer(ring);
            Thread thread = new Thread(writer, "writer");
            thread.start();
            try {
                for (int kill = 0; kill < KILLS; kill += 2) {
                    try (DaemonProcess daemon = start(network, path)) {
                        LockSupport.parkNanos(random.nextLong(1_500_000_000L));
                        daemon.signal("KILL");
                        daemon.waitFor();
                    }
                    try (DaemonProcess daemon = start(network, path)) {
                        check(network, writer.pause());
                        writer.goOn();
                        LockSupport.parkNanos(random.nextLong(500_000_000L));
                        daemon.signal("KILL");
                        daemon.waitFor();
                    }
                }
            } finally {
                writer.ended.set(true);
                thread.join();
            }
        }
    }

    private DaemonProcess start(VethPair network, Path ring) {
        DaemonProcess daemon = DaemonProcess.launch(
                directory,
                List.of("ip", "netns", "exec", network.host()),
                Map.of(),
                List.of(
                        "--source",
                        "ring:" + ring,
                        "--pattern",
                        "client <HOST> failed$",
                        "--max-retry",
                        Integer.toString(MAX_RETRY),
                        "--find-time",
                        "1h",
                        "--ban-time",
                        "2h",
                        "--enforce",
                        "nftables",
                        "--state",
                        directory.resolve("state").toString(),
                        "--socket",
                        directory.resolve("control").toString()));
        daemon.awaitReady();
        return daemon;
    }

    /** All clients so far are banned, and nobody else, in the daemon's table and in the kernel. */
    private void check(VethPair network, int clients) throws IOException {
        Set<String> expected = new HashSet<>();
        for (int client = 0; client < clients; client++) {
            expected.add(address(client));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(difference(banned(), expected)).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(difference(held(network), expected)).isEmpty());
    }

    /** In a few words: there may be a hundred thousand. */
    private static String difference(Set<String> found, Set<String> expected) {
        if (found.equals(expected)) {
            return "";
        }
        String missing =
                expected.stream().filter(each -> !found.contains(each)).limit(5).collect(Collectors.joining(", "));
        return found.size() + " instead of " + expected.size() + ", missing: " + missing;
    }

    private Set<String> banned() throws IOException {
        try (ControlClient client = new ControlClient(directory.resolve("control"))) {
            return addresses(String.valueOf(client.ask(List.of("banned"))));
        }
    }

    private static Set<String> held(VethPair network) throws IOException {
        return addresses(network.runInside("nft", "list", "set", "inet", "ips-pipeline", "ban4_32"));
    }

    private static Set<String> addresses(String text) {
        return ADDRESS.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
