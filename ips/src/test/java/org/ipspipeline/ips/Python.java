package org.ipspipeline.ips;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.testing.Machine;

/** Runs Python scripts that stand beside a test as resources. */
public final class Python {

    private Python() {}

    /** Skips the test where there is no Python. */
    public static void need() {
        Machine.needsPrograms("python3");
    }

    /**
     * Runs a script.
     *
     * @param beside the class that it stands beside
     * @param script its file name
     * @param environment variables to set
     * @param arguments its arguments
     * @return what it printed
     */
    public static String run(Class<?> beside, String script, Map<String, String> environment, List<String> arguments) {
        try {
            Path directory = Files.createTempDirectory("python");
            Path file = directory.resolve(script);
            Path output = directory.resolve("out");
            try (InputStream resource = beside.getResourceAsStream(script)) {
                if (resource == null) {
                    throw new IllegalArgumentException("no resource " + script + " beside " + beside);
                }
                Files.copy(resource, file);
            }
            List<String> command = new ArrayList<>(List.of("python3", "-W", "ignore", file.toString()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                // The program on the path may be a script that starts the real one.
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException(script + " did not end within two minutes");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(script + " ended with " + process.exitValue());
            }
            String printed = Files.readString(output);
            Files.delete(file);
            Files.delete(output);
            Files.delete(directory);
            return printed;
        } catch (IOException e) {
            throw new IllegalStateException(script + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
