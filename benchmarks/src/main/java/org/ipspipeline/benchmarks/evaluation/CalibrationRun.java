package org.ipspipeline.benchmarks.evaluation;

import static org.ipspipeline.loadgen.testbed.ReportedValues.number;
import static org.ipspipeline.loadgen.testbed.ReportedValues.sum;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.loadgen.attack.Family;
import org.ipspipeline.loadgen.testbed.AttackNetwork;
import org.ipspipeline.loadgen.testbed.Participant;

/** Measures what sender, veth pair and server can do alone. */
final class CalibrationRun implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final Duration SENDER = Duration.ofMillis(1500);
    private static final Duration SERVER = Duration.ofSeconds(3);
    private static final long SAMPLE_MILLIS = 100;

    private final Environment environment;
    private final Preset preset;
    private final Parts parts = new Parts();

    CalibrationRun(Environment environment, Preset preset) {
        this.environment = environment;
        this.preset = preset;
    }

    Calibration run(StopSignal stop) throws IOException, InterruptedException {
        Map<Family, Double> sender = new LinkedHashMap<>();
        for (Family family : Family.values()) {
            sender.put(family, sender(family, stop));
        }
        return new Calibration(sender, server(Medium.OVERWRITING, stop), server(Medium.FILE, stop));
    }

    /** Packets a second that arrive when all are dropped at once. */
    private double sender(Family family, StopSignal stop) throws IOException, InterruptedException {
        try (Parts own = parts.add(new Parts())) {
            AttackNetwork network = own.add(environment.network());
            PassingFilter filter = own.add(PassingFilter.attach(network));
            filter.dropAttackers();
            Participant attack = own.add(Participant.start(
                    "attack",
                    own.directory(Environment.PREFIX),
                    network.onAttackers(environment.self(), flood(family, Matrix.MANY, SENDER))));
            attack.awaitReady(TIME_TO_START);
            awaitEnd(attack, stop);
            double seconds = number(attack.latest(), "time_s");
            return Math.min(filter.dropped(), sum(attack.latest(), "sent", "invalid")) / seconds;
        }
    }

    /** Requests a second that the server logs under a flood, the best half second. */
    private double server(Medium medium, StopSignal stop) throws IOException, InterruptedException {
        try (Parts own = parts.add(new Parts())) {
            Path directory = own.directory(Environment.PREFIX);
            AttackNetwork network = own.add(environment.network());
            own.add(PassingFilter.attach(network));
            Experiment experiment = Matrix.rows().stream()
                    .filter(row -> row.medium() == medium && !row.subject().isFail2ban())
                    .findFirst()
                    .orElseThrow();
            Commands commands = new Commands(experiment, preset, environment, directory);
            Participant server = own.add(Participant.start(
                    "server", directory, network.onTarget(environment.self().with(commands.server()))));
            server.awaitReady(TIME_TO_START);
            Participant attack = own.add(Participant.start(
                    "attack",
                    directory,
                    network.onAttackers(environment.self(), flood(Family.IPV4, Matrix.MANY, SERVER))));
            attack.awaitReady(TIME_TO_START);
            List<double[]> reports = new ArrayList<>();
            while (!attack.awaitEnd(Duration.ofMillis(SAMPLE_MILLIS))) {
                requireGoing(stop);
                Map<String, Object> now = server.latest();
                reports.add(new double[] {number(now, "time_s"), sum(now, "lines", "written")});
            }
            return best(reports);
        }
    }

    private static double best(List<double[]> reports) {
        double best = 0;
        for (double[] from : reports) {
            for (double[] to : reports) {
                double seconds = to[0] - from[0];
                if (seconds >= 0.45 && seconds <= 0.65) {
                    best = Math.max(best, (to[1] - from[1]) / seconds);
                }
            }
        }
        return best;
    }

    private List<String> flood(Family family, int clients, Duration duration) {
        List<String> command = new ArrayList<>(List.of("attack", "--port", "8080", "--pps", "max", "--valid-pps", "0"));
        command.addAll(List.of("--family", family.toString(), "--attackers", String.valueOf(clients)));
        command.addAll(List.of("--duration", duration.toMillis() + "ms", "--stats-json", "-"));
        command.addAll(environment.attackersInterface());
        Commands.targets(environment.targets(), family).forEach(target -> command.addAll(List.of("--target", target)));
        return command;
    }

    private static void awaitEnd(Participant attack, StopSignal stop) throws IOException, InterruptedException {
        while (!attack.awaitEnd(Duration.ofMillis(SAMPLE_MILLIS))) {
            requireGoing(stop);
        }
        Integer exit = attack.exitCode();
        if (exit == null || exit != 0) {
            throw new IOException(attack.lastWords());
        }
    }

    private static void requireGoing(StopSignal stop) throws IOException, InterruptedException {
        if (stop.await(0)) {
            throw new IOException("stopped before its end");
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
