package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ipspipeline.benchmarks.comparison.MachineDescription;
import org.ipspipeline.benchmarks.evaluation.result.ResultDirectory;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.ips.command.StopSignal;

/** Runs experiments one after the other, keeps each result as soon as it stands, and leaves out what is there already. */
final class Evaluation {

    private final ResultDirectory directory;
    private final Environment environment;
    private final Preset preset;
    private final Progress progress;
    private final Map<String, String> failures = new LinkedHashMap<>();

    Evaluation(ResultDirectory directory, Environment environment, Preset preset, Progress progress) {
        this.directory = directory;
        this.environment = environment;
        this.preset = preset;
        this.progress = progress;
    }

    /** Whether a result of the same experiment with the same parameters is there. */
    static boolean isThere(ResultDirectory directory, Experiment experiment, Preset preset) throws IOException {
        Optional<RunResult> kept = directory.find(experiment.name());
        return kept.isPresent()
                && String.valueOf(kept.get().parameters()).equals(String.valueOf(experiment.parameters(preset)));
    }

    /**
     * Measures.
     *
     * @param experiments to run now
     * @param again whether to calibrate anew
     * @param stop ends it; what was measured stays
     * @return for experiments that could not be run, why
     */
    Map<String, String> run(List<Experiment> experiments, boolean again, StopSignal stop)
            throws IOException, InterruptedException {
        directory.keep("machine", MachineDescription.current());
        Calibration calibration = calibration(again, stop);
        if (again || directory.findOther("tables").isEmpty()) {
            directory.keep("tables", AddressTables.measure());
        }
        for (Experiment experiment : experiments) {
            if (stop.await(0)) {
                throw new IOException("stopped; run the same command again to go on");
            }
            run(experiment, calibration, stop);
        }
        return failures;
    }

    private Calibration calibration(boolean again, StopSignal stop) throws IOException, InterruptedException {
        Optional<Map<String, Object>> kept = again ? Optional.empty() : directory.findOther("calibration");
        if (kept.isPresent()) {
            return Calibration.fromJson(kept.get());
        }
        progress.say("calibrating: what sender and server can do alone");
        try (CalibrationRun run = new CalibrationRun(environment, preset)) {
            Calibration calibration = run.run(stop);
            directory.keep("calibration", calibration.toJson());
            return calibration;
        }
    }

    private void run(Experiment experiment, Calibration calibration, StopSignal stop)
            throws IOException, InterruptedException {
        progress.begin(experiment.name(), preset.duration(experiment.pace()).toMillis() / 1000.0);
        if (experiment.subject().isFail2ban() && !Fail2ban.isInstalled()) {
            failures.put(experiment.name(), "Debian's package fail2ban is not installed");
            return;
        }
        try (ExperimentRun run = new ExperimentRun(experiment, preset, environment)) {
            directory.keep(run.run(calibration, stop));
            progress.end();
        } catch (IOException failure) {
            if (stop.await(0)) {
                throw new IOException("stopped; run the same command again to go on", failure);
            }
            // One experiment that fails must not cost the others: it is told at once and in the report.
            failures.put(experiment.name(), String.valueOf(failure.getMessage()));
            progress.say(experiment.name() + " failed: " + failure.getMessage());
        }
    }

    /** The results there are, in the order of the matrix. */
    static List<RunResult> results(ResultDirectory directory) throws IOException {
        List<RunResult> results = new ArrayList<>();
        for (Experiment experiment : Matrix.rows()) {
            directory.find(experiment.name()).ifPresent(results::add);
        }
        return results;
    }
}
