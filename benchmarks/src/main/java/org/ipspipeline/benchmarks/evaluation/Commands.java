package org.ipspipeline.benchmarks.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.loadgen.attack.Family;

/** What the participants of a run are told: the same commands as a person would type. */
final class Commands {

    static final String PATTERN = "client <HOST> exceeded request rate limit$";

    private static final String PORT = "8080";

    /** Twice as often as samples are taken, so that a sample is not older than half its length. */
    private static final List<String> REPORTS = List.of("--stats-json", "-", "--stats-every", "50ms");

    private static final String SKEWED = "9,1";

    private final Experiment experiment;
    private final Preset preset;
    private final Environment environment;
    private final Path directory;

    Commands(Experiment experiment, Preset preset, Environment environment, Path directory) {
        this.experiment = experiment;
        this.preset = preset;
        this.environment = environment;
        this.directory = directory;
    }

    Path logFile() {
        return directory.resolve("requests.log");
    }

    Path bans() {
        return directory.resolve("bans");
    }

    private Path ring() {
        return directory.resolve("ring");
    }

    List<String> server() {
        List<String> command = new ArrayList<>(List.of("server", "--port", PORT));
        command.addAll(List.of("--threads", String.valueOf(preset.segments())));
        if (experiment.medium().isRing()) {
            command.addAll(List.of("--ring", ring().toString(), "--lines", String.valueOf(preset.lines())));
            command.addAll(List.of("--readers", String.valueOf(experiment.readers())));
        } else {
            command.addAll(List.of("--log-file", logFile().toString()));
        }
        if (experiment.medium() == Medium.OVERWRITING) {
            command.add("--overwrite");
        }
        if (experiment.medium() == Medium.RECORDS) {
            command.addAll(List.of("--line", "binary"));
        }
        if (experiment.stealing()) {
            command.add("--steered");
        }
        command.addAll(REPORTS);
        return command;
    }

    /** The daemon that bans. */
    List<String> daemon(String device) {
        List<String> command = reader();
        command.addAll(List.of("--interface", device));
        return command;
    }

    /** A second reader: it counts and bans nobody. */
    List<String> secondReader() {
        List<String> command = reader();
        command.add("--dry-run");
        return command;
    }

    private List<String> reader() {
        List<String> command = new ArrayList<>(List.of("run", "--source"));
        command.add(experiment.medium().isRing() ? "ring:" + ring() : "file:" + logFile());
        if (experiment.medium() == Medium.RECORDS) {
            command.add("--address-records");
        } else {
            command.addAll(List.of("--pattern", PATTERN));
        }
        if (experiment.stealing()) {
            command.add("--stealing");
        }
        command.addAll(List.of("--workers", String.valueOf(experiment.workers(preset))));
        command.addAll(jail(preset.limit()));
        return command;
    }

    private List<String> jail(int limit) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("--max-retry", String.valueOf(limit)));
        command.addAll(List.of("--ban-time", preset.banTime(experiment.pace()).toMillis() + "ms"));
        command.addAll(REPORTS);
        return command;
    }

    /** The daemon that puts into force what fail2ban decides. */
    List<String> enforcer(String device) {
        List<String> command = new ArrayList<>(List.of("run", "--source", "file:" + bans()));
        command.addAll(List.of("--pattern", "^ban <HOST>$", "--workers", "1", "--interface", device));
        command.addAll(jail(1));
        return command;
    }

    List<String> attack(double senderAlone) {
        List<String> command = new ArrayList<>(List.of("attack", "--port", PORT));
        command.addAll(List.of("--family", experiment.family().toString()));
        command.addAll(List.of("--attackers", String.valueOf(experiment.clients())));
        command.addAll(List.of("--pps", experiment.load().option(senderAlone)));
        command.addAll(List.of("--threads", String.valueOf(experiment.load().threads())));
        command.addAll(List.of("--valid-pps", String.valueOf(preset.validPps())));
        command.addAll(List.of("--duration", preset.duration(experiment.pace()).toMillis() + "ms"));
        if (experiment.stealing()) {
            command.addAll(List.of("--segment-shares", shares(preset.segments())));
        }
        command.addAll(environment.attackersInterface());
        targets(environment.targets(), experiment.family())
                .forEach(target -> command.addAll(List.of("--target", target)));
        command.addAll(REPORTS);
        return command;
    }

    /** Nine packets for the first segment, one for the second, none for the others. */
    private static String shares(int segments) {
        return segments == 1 ? "1" : SKEWED;
    }

    /** The addresses of the families that attack. */
    static List<String> targets(List<String> all, Family family) {
        return all.stream()
                .filter(address -> family == Family.BOTH || address.contains(":") == (family == Family.IPV6))
                .toList();
    }
}
