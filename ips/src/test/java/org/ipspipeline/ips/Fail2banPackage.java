package org.ipspipeline.ips;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.testing.Machine;

/**
 * The fail2ban that the machine has installed, as an oracle: its configuration, its sample logs and its Python modules. The
 * environment variable {@code FAIL2BAN_SOURCE} names an unpacked source tree to use in its stead.
 */
public final class Fail2banPackage {

    private static final Path DEBIAN = Path.of("/usr/lib/python3/dist-packages");

    private final Path modules;
    private final Path configuration;

    private Fail2banPackage(Path modules, Path configuration) {
        this.modules = modules;
        this.configuration = configuration;
    }

    /** Finds it, or skips the test. */
    public static Fail2banPackage need() {
        String source = System.getenv("FAIL2BAN_SOURCE");
        Path modules = source == null ? DEBIAN : Path.of(source);
        Path configuration = source == null ? Path.of("/etc/fail2ban") : modules.resolve("config");
        Machine.needsPrograms("python3");
        Machine.needs(Files.isDirectory(modules.resolve("fail2ban/server")), "the package 'fail2ban'");
        Machine.needs(Files.isDirectory(configuration.resolve("filter.d")), configuration + "/filter.d");
        return new Fail2banPackage(modules, configuration);
    }

    /** The configuration directory. */
    public Path configuration() {
        return configuration;
    }

    /** A directory of the package's tests. */
    public Path testFile(String name) {
        return modules.resolve("fail2ban/tests").resolve(name);
    }

    /**
     * Runs a Python script, given as a resource beside a class, with the package's modules on its path.
     *
     * @return what it printed
     */
    public String run(Class<?> beside, String script, List<String> arguments) {
        try {
            Path file = Files.createTempFile("oracle", ".py");
            try (InputStream resource = beside.getResourceAsStream(script)) {
                Files.write(file, resource.readAllBytes());
            }
            List<String> command = new ArrayList<>(List.of("python3", "-W", "ignore", file.toString()));
            command.addAll(arguments);
            Path output = Files.createTempFile("oracle", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PYTHONPATH", modules.toString());
            builder.environment().put("TZ", "Europe/Zurich");
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(script + " did not end in two minutes");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(script + " ended with " + process.exitValue());
            }
            String printed = Files.readString(output);
            Files.delete(file);
            Files.delete(output);
            return printed;
        } catch (IOException e) {
            throw new IllegalStateException(script + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The files of a directory, sorted by name. */
    public static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
