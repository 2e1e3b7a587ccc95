package org.ipspipeline.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs from the machine it runs on. A need that is not met skips the test and names what is missing; with
 * {@code IPS_REQUIRE_ALL=1} in the environment it fails the test instead.
 */
public final class Machine {

    private static final boolean REQUIRE_ALL = "1".equals(System.getenv("IPS_REQUIRE_ALL"));

    private Machine() {}

    /** Needs the privileges of root: for network namespaces, bpf(2), huge pages. */
    public static void needsRoot() {
        needs("root".equals(System.getProperty("user.name")), "root privileges");
    }

    /**
     * Needs programs on the search path.
     *
     * @param names as one types them, such as {@code gcc}
     */
    public static void needsPrograms(String... names) {
        for (String name : names) {
            needs(isOnSearchPath(name), "the program '" + name + "'");
        }
    }

    /**
     * Needs a file or directory, such as a package's headers or a kernel interface.
     *
     * @param path an absolute path
     */
    public static void needsFile(String path) {
        needs(Files.exists(Path.of(path)), path);
    }

    /**
     * Needs something that the test found out itself.
     *
     * @param met whether it is there
     * @param what names it, to stand after "this machine lacks"
     */
    public static void needs(boolean met, String what) {
        if (!met) {
            String message = "this machine lacks " + what;
            if (REQUIRE_ALL) {
                Assertions.fail(message + " (IPS_REQUIRE_ALL=1 makes that a failure)");
            }
            Assumptions.abort(message);
        }
    }

    private static boolean isOnSearchPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }
}
