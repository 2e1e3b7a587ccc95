package org.ipspipeline.benchmarks.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A contender written in C under {@code benchmarks/src/main/c}: compiled with gcc where the machine has it. */
public final class NativeProgram {

    private NativeProgram() {}

    /**
     * Compiles a source with {@code gcc -O2 -march=native}.
     *
     * @param source its name under {@code benchmarks/src/main/c}
     * @param options further arguments for gcc, such as {@code -lpthread}
     * @return the program, in a temporary directory that ends with this JVM; empty where there is no gcc
     * @throws IOException when gcc refuses the source, with its first message
     * @throws InterruptedException when interrupted while gcc runs
     */
    public static Optional<Path> compile(String source, String... options) throws IOException, InterruptedException {
        if (!isInstalled("gcc")) {
            return Optional.empty();
        }
        Path directory = Files.createTempDirectory("ips-bench-");
        Path program = directory.resolve(source.replaceAll("\\.c$", ""));
        program.toFile().deleteOnExit();
        directory.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-march=native", "-std=gnu11", "-o"));
        command.add(program.toString());
        command.add(sources().resolve(source).toString());
        command.addAll(List.of(options));
        Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        String messages = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (gcc.waitFor() != 0) {
            throw new IOException("gcc does not compile " + source + ": "
                    + messages.lines().findFirst().orElse(""));
        }
        return Optional.of(program);
    }

    /**
     * Whether a program is on the search path.
     *
     * @param name as one types it
     * @return true where it can be run
     */
    public static boolean isInstalled(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(":")
                .splitAsStream(path)
                .anyMatch(directory -> Files.isExecutable(Path.of(directory.isEmpty() ? "." : directory, name)));
    }

    /**
     * The repository that this program runs from.
     *
     * @return where the launcher says; without a launcher the directory above or the current one, whichever it is
     */
    public static Path home() {
        String told = System.getProperty("ips.home");
        if (told != null) {
            return Path.of(told);
        }
        Path above = Path.of("..");
        return Files.exists(above.resolve("ips-pipeline")) ? above : Path.of(".");
    }

    private static Path sources() {
        return home().resolve(Path.of("benchmarks", "src", "main", "c"));
    }
}
