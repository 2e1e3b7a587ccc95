package org.ipspipeline.benchmarks.evaluation.result;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory that an evaluation writes to.
 *
 * <pre>
 *   DIR/rows/NAME.json     a run: parameters, figures, samples
 *   DIR/NAME.json          what else was measured: machine, calibration, tables
 *   DIR/results.json       the figures of all runs
 *   DIR/samples.csv        the samples of all runs
 *   DIR/index.html         the report
 * </pre>
 */
public final class ResultDirectory {

    private static final JSON PRETTY =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES);
    private static final JSON COMPACT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final Path directory;

    /**
     * Makes the directory where it is missing.
     *
     * @param directory kept as it is where it exists
     * @throws IOException when it cannot be made
     */
    public ResultDirectory(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("rows"));
    }

    /** {@return the directory itself} */
    public Path path() {
        return directory;
    }

    /**
     * Keeps a run; a file that is half written is never seen.
     *
     * @param result the run
     * @throws IOException when it cannot be written
     */
    public void keep(RunResult result) throws IOException {
        write(directory.resolve("rows"), result.name(), COMPACT.asString(result.toJson()));
    }

    /**
     * Finds a run that was kept.
     *
     * @param name of the row
     * @return the run
     * @throws IOException when there is a file that cannot be read
     */
    public Optional<RunResult> find(String name) throws IOException {
        Path file = directory.resolve("rows").resolve(name + ".json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RunResult.fromJson(JSON.std.mapFrom(file.toFile())));
        } catch (IOException | IllegalArgumentException | ClassCastException malformed) {
            throw new IOException(file + ": not a result of this program; remove it to measure anew", malformed);
        }
    }

    /**
     * Keeps something else that was measured.
     *
     * @param name of the file, without its extension
     * @param object what stands in it
     * @throws IOException when it cannot be written
     */
    public void keep(String name, Map<String, ?> object) throws IOException {
        write(directory, name, PRETTY.asString(object));
    }

    /**
     * Finds something else that was kept.
     *
     * @param name of the file, without its extension
     * @return what stands in it
     * @throws IOException when there is a file that cannot be read
     */
    public Optional<Map<String, Object>> findOther(String name) throws IOException {
        Path file = directory.resolve(name + ".json");
        return Files.exists(file) ? Optional.of(JSON.std.mapFrom(file.toFile())) : Optional.empty();
    }

    /**
     * Writes the figures and the samples of all runs, for other programs.
     *
     * @param machine what they were measured on
     * @param results the runs
     * @throws IOException when the files cannot be written
     */
    public void export(Map<String, Object> machine, List<RunResult> results) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        lines.add("row," + String.join(",", Samples.header()));
        for (RunResult result : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", result.name());
            row.put("parameters", result.parameters());
            row.put("notes", result.notes());
            row.put("figures", result.figuresJson());
            rows.add(row);
            result.samples().csv().forEach(line -> lines.add(result.name() + "," + line));
        }
        all.put("rows", rows);
        keep("results", all);
        Files.write(directory.resolve("samples.csv"), lines);
    }

    private static void write(Path directory, String name, String content) throws IOException {
        Path whole = directory.resolve(name + ".json");
        Path part = directory.resolve(name + ".json.part");
        Files.writeString(part, content + "\n");
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
