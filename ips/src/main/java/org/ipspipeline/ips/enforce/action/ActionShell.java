package org.ipspipeline.ips.enforce.action;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.enforce.shell.ProgramRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an action's commands by {@code /bin/sh}; logs each that fails. For one thread. */
final class ActionShell implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ActionShell.class);

    private final String title;
    private final ProgramRun programs;

    /**
     * @param title the action's name, for messages
     * @param limit how long a command may take
     */
    ActionShell(String title, Duration limit) throws IOException {
        this.title = title;
        programs = new ProgramRun(limit, Map.of());
    }

    /** Runs a command; an empty one does nothing well. Whether it was content. */
    boolean run(String name, CommandTemplate command, BanTags tags) {
        String complaint = complaint(command, tags);
        if (!complaint.isEmpty()) {
            LOG.warn("{}: {}{}: {}", title, name, tags.isNone() ? "" : " of " + tags.prefix(), complaint);
        }
        return complaint.isEmpty();
    }

    /** Runs a command that must be content. */
    void must(String name, CommandTemplate command, BanTags tags) throws IOException {
        String complaint = complaint(command, tags);
        if (!complaint.isEmpty()) {
            throw new IOException(name + ": " + complaint);
        }
    }

    private String complaint(CommandTemplate command, BanTags tags) {
        if (command.isEmpty()) {
            return "";
        }
        CommandTemplate.Filled filled = command.fill(tags::value);
        try {
            ProgramRun.Result result =
                    programs.tryRun("", List.of("/bin/sh", "-c", filled.command()), filled.environment());
            return result.exitCode() == 0
                    ? ""
                    : "ended with " + result.exitCode()
                            + (result.lastWords().isEmpty() ? "" : ": " + result.lastWords());
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
