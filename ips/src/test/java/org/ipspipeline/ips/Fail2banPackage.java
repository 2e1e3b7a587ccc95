package org.ipspipeline.ips;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        Python.need();
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
        return Python.run(beside, script, Map.of("PYTHONPATH", modules.toString(), "TZ", "Europe/Zurich"), arguments);
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
