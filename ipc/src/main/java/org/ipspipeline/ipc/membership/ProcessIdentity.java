package org.ipspipeline.ipc.membership;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells one process from another that the kernel later gives the same pid. For people to read: whether a process
 * lives is asked of the lock file, which works across containers too.
 *
 * @param pid the pid as the process itself sees it
 * @param startTime clock ticks from boot to its start, 0 when unknown
 */
public record ProcessIdentity(long pid, long startTime) {

    private static final ProcessIdentity CURRENT =
            current(ProcessHandle.current().pid());

    /** The fields after the command in {@code /proc/PID/stat}: the start time is the 22nd of all, the 20th of these. */
    private static final int START_TIME_FIELD = 19;

    /** This process. */
    public static ProcessIdentity current() {
        return CURRENT;
    }

    private static ProcessIdentity current(long pid) {
        return new ProcessIdentity(pid, startTime(Path.of("/proc/self/stat")));
    }

    private static long startTime(Path stat) {
        try {
            final String text = Files.readString(stat);
            // The command stands in parentheses and may hold any character, so what follows starts at the last one.
            final String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", START_TIME_FIELD + 2);
            return Long.parseLong(fields[START_TIME_FIELD]);
        } catch (IOException | RuntimeException notLinux) {
            return 0;
        }
    }
}
