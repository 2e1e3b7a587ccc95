package org.ipspipeline.loadgen.testbed;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** How to start this program once more with another command: the same JVM, options and class path. */
public final class SelfCommand {

    private final List<String> beginning;

    private SelfCommand(List<String> beginning) {
        this.beginning = beginning;
    }

    /**
     * Finds out how this program was started.
     *
     * @param spec any command of it; the class of its root has the main method
     * @return how to start it again
     */
    public static SelfCommand of(CommandSpec spec) {
        List<String> beginning = new ArrayList<>();
        beginning.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        beginning.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String classPath = System.getProperty("java.class.path");
        // A jar's manifest says what the JVM may do natively, and counts only with -jar.
        if (classPath.endsWith(".jar") && !classPath.contains(":")) {
            beginning.addAll(List.of("-jar", classPath));
        } else {
            beginning.addAll(List.of(
                    "-cp", classPath, spec.root().userObject().getClass().getName()));
        }
        return new SelfCommand(List.copyOf(beginning));
    }

    /**
     * The whole command.
     *
     * @param arguments what would be typed after the program's name
     * @return for {@link ProcessBuilder}; the process ends with the thread that starts it
     */
    public List<String> with(List<String> arguments) {
        // When this process is killed outright it cannot end its participants any more: the kernel does.
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
        command.addAll(beginning);
        command.addAll(arguments);
        return command;
    }
}
