package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.benchmarks.evaluation.result.Samples;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.loadgen.testbed.AttackNetwork;
import org.ipspipeline.loadgen.testbed.Participant;
import org.jspecify.annotations.Nullable;

/** One run of an experiment: starts the participants, samples them, and takes everything away again. */
final class ExperimentRun implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(10);
    private static final long SAMPLE_NANOS = 100_000_000;

    private final Experiment experiment;
    private final Preset preset;
    private final Environment environment;
    private final Parts parts = new Parts();

    ExperimentRun(Experiment experiment, Preset preset, Environment environment) {
        this.experiment = experiment;
        this.preset = preset;
        this.environment = environment;
    }

    /**
     * Runs it to its end.
     *
     * @param calibration what the sender can do alone
     * @param stop ends it early
     * @throws IOException when a participant fails, with its last words, or when it was ended early
     */
    RunResult run(Calibration calibration, StopSignal stop) throws IOException, InterruptedException {
        Path directory =
                parts.directory(Environment.PREFIX + ProcessHandle.current().pid() + "-");
        AttackNetwork network = parts.add(environment.network());
        Commands commands = new Commands(experiment, preset, environment, directory);
        Participant server =
                start("server", directory, network.onTarget(environment.self().with(commands.server())));
        server.awaitReady(TIME_TO_START);
        List<Participant> readers = new ArrayList<>();
        Fail2ban fail2ban = startBanning(directory, network, commands, readers);
        RunSampler sampler = new RunSampler(experiment.subject(), network, server, readers, fail2ban);
        double senderAlone = calibration.senderPps(experiment.family());
        Participant attack =
                start("attack", directory, network.onAttackers(environment.self(), commands.attack(senderAlone)));
        attack.awaitReady(TIME_TO_START);

        watch(sampler, server, readers, attack, stop);
        settle(sampler);
        String enforcement = readers.isEmpty()
                ? "netfilter"
                : String.valueOf(readers.get(0).latest().get("enforcement"));
        readers.forEach(Participant::close);
        server.close();
        double seconds = preset.duration(experiment.pace()).toNanos() / 1e9;
        sampler.take(seconds, attack.latest());
        return result(sampler.samples(), notes(attack, enforcement));
    }

    private @Nullable Fail2ban startBanning(
            Path directory, AttackNetwork network, Commands commands, List<Participant> readers)
            throws IOException, InterruptedException {
        switch (experiment.subject()) {
            case OURS -> {
                readers.add(daemon("daemon", directory, network, commands.daemon(network.targetInterface())));
                for (int i = 1; i < experiment.readers(); i++) {
                    readers.add(daemon("reader", directory, network, commands.secondReader()));
                }
                return null;
            }
            case FAIL2BAN_NFTABLES -> {
                // Frames that the kernel makes pass a veth pair only where its other end runs an XDP program.
                parts.add(PassingFilter.attach(network));
                return fail2ban(directory, network, commands, null);
            }
            case FAIL2BAN_XDP -> {
                Files.createFile(commands.bans());
                readers.add(daemon("enforcer", directory, network, commands.enforcer(network.targetInterface())));
                return fail2ban(directory, network, commands, commands.bans());
            }
        }
        throw new IllegalStateException("a new subject");
    }

    private Participant daemon(String name, Path directory, AttackNetwork network, List<String> command)
            throws IOException, InterruptedException {
        Participant daemon =
                start(name, directory, network.onTarget(environment.self().with(command)));
        daemon.awaitReady(TIME_TO_START);
        return daemon;
    }

    private Fail2ban fail2ban(Path directory, AttackNetwork network, Commands commands, @Nullable Path bans)
            throws IOException, InterruptedException {
        Fail2ban.JailSettings settings =
                new Fail2ban.JailSettings(commands.logFile(), preset.limit(), preset.banTime(experiment.pace()), bans);
        Fail2ban fail2ban = parts.add(Fail2ban.start(directory.resolve("fail2ban"), settings, network::onTarget));
        fail2ban.awaitReady(TIME_TO_START);
        return fail2ban;
    }

    private Participant start(String name, Path directory, List<String> command) throws IOException {
        return parts.add(Participant.start(name, directory, command));
    }

    private static void watch(
            RunSampler sampler, Participant server, List<Participant> readers, Participant attack, StopSignal stop)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        sampler.take(0, attack.latest());
        long next = begin + SAMPLE_NANOS;
        while (!attack.awaitEnd(Duration.ofNanos(Math.max(1_000_000, next - System.nanoTime())))) {
            if (stop.await(0)) {
                throw new IOException("stopped before its end");
            }
            requireAlive(server);
            for (Participant reader : readers) {
                requireAlive(reader);
            }
            long now = System.nanoTime();
            if (now >= next) {
                sampler.take((now - begin) / 1e9, attack.latest());
                next += SAMPLE_NANOS * (1 + Math.max(0, (now - next) / SAMPLE_NANOS));
            }
        }
        if (!Objects.equals(attack.exitCode(), 0)) {
            throw new IOException(attack.lastWords());
        }
    }

    private static void requireAlive(Participant participant) throws IOException {
        if (!participant.isAlive()) {
            throw new IOException(participant.lastWords());
        }
    }

    /** Lets the readers read what the server has written. */
    private static void settle(RunSampler sampler) throws InterruptedException {
        long deadline = System.nanoTime() + TIME_TO_SETTLE.toNanos();
        // The server's last reports may still be under way.
        int quiet = 0;
        while (quiet < 2 && System.nanoTime() < deadline) {
            Thread.sleep(SAMPLE_NANOS / 1_000_000);
            quiet = sampler.isSettled() ? quiet + 1 : 0;
        }
    }

    private static Map<String, Object> notes(Participant attack, String enforcement) {
        Map<String, Object> notes = new LinkedHashMap<>();
        notes.put("sender", String.valueOf(attack.first().get("sender")));
        notes.put("enforcement", enforcement);
        notes.put("shortfall_percent", attack.latest().getOrDefault("shortfall_percent", 0));
        notes.put("answer_latency_us", attack.latest().getOrDefault("latency_us", Map.of()));
        return notes;
    }

    private RunResult result(Samples samples, Map<String, Object> notes) {
        return new RunResult(
                experiment.name(),
                experiment.parameters(preset),
                experiment.clients(),
                preset.limit(),
                preset.banTime(experiment.pace()).toNanos() / 1e9,
                samples,
                notes);
    }

    @Override
    public void close() {
        parts.close();
    }
}
