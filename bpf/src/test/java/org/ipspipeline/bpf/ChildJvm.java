package org.ipspipeline.bpf;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process in a network namespace, which can be killed. It tells by its first line how it is getting on. */
public final class ChildJvm implements AutoCloseable {

    /** Root as it is. */
    public static final List<String> AS_IT_IS = List.of();

    /** Root without any capability. */
    public static final List<String> NO_CAPABILITIES = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

    /** CAP_BPF, by number because older tools do not know its name, and CAP_NET_ADMIN. */
    public static final List<String> TWO_CAPABILITIES =
            List.of("setpriv", "--bounding-set=-all,+cap_39,+net_admin", "--inh-caps=-all");

    private final Process process;
    private final String firstLine;

    private ChildJvm(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    /** Starts a process, and waits for its first line. */
    public static ChildJvm start(String namespace, List<String> privileges, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
        command.addAll(privileges);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return new ChildJvm(process, String.valueOf(output.readLine()));
    }

    public String firstLine() {
        return firstLine;
    }

    /** Ends the process as nothing else does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
