package org.ipspipeline.loadgen.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.loadgen.testbed.AttackNetwork;
import org.ipspipeline.loadgen.testbed.LoopbackNetwork;
import org.ipspipeline.loadgen.testbed.Participant;
import org.ipspipeline.loadgen.testbed.SelfCommand;
import org.ipspipeline.loadgen.testbed.VethNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Runs a demonstration: makes the network, starts the participants, samples what they say ten times a second, and takes
 * everything away again in {@link #close}, which may be called by another thread at any time.
 */
final class Demo implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(10);
    private static final long SAMPLE_NANOS = 100_000_000;
    private static final long SHOW_NANOS = 1_000_000_000;
    private static final double MOST = 0.95;

    private final DemoOptions options;
    private final SelfCommand self;
    private final DemoScreen screen;
    private final boolean privileged;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private boolean closed;
    private @Nullable Double timeToMost;

    Demo(DemoOptions options, SelfCommand self, DemoScreen screen, boolean privileged) {
        this.options = options;
        this.self = self;
        this.screen = screen;
        this.privileged = privileged;
    }

    /**
     * Runs it to its end.
     *
     * @return what it came to
     * @throws IOException when a participant fails, with its own last words
     */
    DemoResult run(StopSignal stop) throws IOException, InterruptedException {
        Path directory = makeDirectory();
        AttackNetwork network = opened(privileged ? VethNetwork.create("ips-demo-") : new LoopbackNetwork());
        DemoCommands commands = new DemoCommands(options, privileged, directory);
        screen.say("starting the server, the daemon and " + options.attackers() + " attackers ...");

        Participant server = start("server", directory, network.onTarget(self.with(commands.server())));
        server.awaitReady(TIME_TO_START);
        Participant daemon = start("daemon", directory, network.onTarget(self.with(commands.daemon())));
        daemon.awaitReady(TIME_TO_START);
        Participant attack = start("attack", directory, network.onAttackers(self, commands.attack()));
        attack.awaitReady(TIME_TO_START);

        watch(network, server, daemon, attack, stop);
        settle(server, daemon);
        String enforcement = String.valueOf(daemon.latest().get("enforcement"));
        OptionalLong drops = network.droppedByDriver();
        server.close();
        daemon.close();
        DemoSample end = new Observation(server.latest(), daemon.latest(), attack.latest(), drops)
                .sample(options.duration().toMillis() / 1000.0);
        return new DemoResult(options, enforcement, end, timeToMost);
    }

    private void watch(
            AttackNetwork network, Participant server, Participant daemon, Participant attack, StopSignal stop)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        DemoSample lastSample = DemoSample.START;
        DemoSample lastShown = DemoSample.START;
        double firstPacket = Double.NaN;
        long next = begin;
        while (!attack.awaitEnd(Duration.ofNanos(Math.max(1_000_000, next - System.nanoTime())))) {
            next += SAMPLE_NANOS;
            if (stop.await(0)) {
                throw new IOException("stopped before its end");
            }
            requireAlive(server);
            requireAlive(daemon);
            DemoSample now = new Observation(
                            server.latest(), daemon.latest(), attack.latest(), network.droppedByDriver())
                    .sample((System.nanoTime() - begin) / 1e9);
            if (Double.isNaN(firstPacket) && now.offeredInvalid() > 0) {
                firstPacket = lastSample.seconds();
            }
            noteMost(lastSample, now, firstPacket);
            lastSample = now;
            if (now.seconds() - lastShown.seconds() >= SHOW_NANOS / 1e9) {
                screen.show(options, String.valueOf(daemon.latest().get("enforcement")), lastShown, now);
                lastShown = now;
            }
        }
        if (!Objects.equals(attack.exitCode(), 0)) {
            throw new IOException(attack.lastWords());
        }
    }

    private void noteMost(DemoSample before, DemoSample now, double firstPacket) {
        long offered = now.offeredInvalid() - before.offeredInvalid();
        long dropped = now.dropped() - before.dropped();
        if (timeToMost == null && offered > 0 && dropped >= MOST * offered) {
            timeToMost = now.seconds() - firstPacket;
        }
    }

    /** Lets the daemon read what the server has written. */
    private static void settle(Participant server, Participant daemon) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIME_TO_SETTLE.toNanos();
        long quietSince = System.nanoTime();
        DemoSample before = DemoSample.START;
        while (System.nanoTime() < deadline) {
            requireAlive(server);
            requireAlive(daemon);
            DemoSample now =
                    new Observation(server.latest(), daemon.latest(), Map.of(), OptionalLong.empty()).sample(0);
            if (now.written() != before.written() || now.read() != before.read()) {
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince > 5 * SAMPLE_NANOS && now.read() >= now.written()) {
                return;
            }
            before = now;
            Thread.sleep(SAMPLE_NANOS / 1_000_000);
        }
    }

    private static void requireAlive(Participant participant) throws IOException {
        if (!participant.isAlive()) {
            throw new IOException(participant.lastWords());
        }
    }

    private Participant start(String name, Path directory, List<String> command) throws IOException {
        return opened(Participant.start(name, directory, command));
    }

    /** Only a part that close() will find may be used: when it has run already, the part goes at once. */
    private synchronized <T extends AutoCloseable> T opened(T part) throws IOException {
        parts.add(part);
        if (closed) {
            closeParts();
            throw new IOException("interrupted");
        }
        return part;
    }

    private Path makeDirectory() throws IOException {
        Path memory = Path.of("/dev/shm");
        String prefix = "ips-demo-" + ProcessHandle.current().pid() + "-";
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, prefix)
                : Files.createTempDirectory(prefix);
        opened((AutoCloseable) () -> removeTree(directory));
        return directory;
    }

    private static void removeTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Ends the participants, the last one started first, and removes the network and the files. */
    @Override
    public synchronized void close() {
        closed = true;
        closeParts();
    }

    private void closeParts() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                Objects.requireNonNull(parts.get(i)).close();
            } catch (Exception failure) {
                screen.say("while cleaning up: " + failure);
            }
        }
        parts.clear();
    }
}
