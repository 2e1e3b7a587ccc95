package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline reload}. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the configuration anew, of all jails or of one. A mistake in it changes nothing.",
            "Jails that stay keep their counts and bans; what was set by command is forgotten."
        })
public final class ReloadCommand extends ControlCommand {

    @Parameters(paramLabel = "JAIL", arity = "0..1", description = "Only this jail.")
    private List<String> jail = List.of();

    @Option(names = "--unban", description = "Lift the bans too.")
    private boolean unban;

    @Override
    List<String> question() {
        List<String> question = new ArrayList<>(List.of("reload"));
        if (unban) {
            question.add("--unban");
        }
        question.addAll(jail);
        return question;
    }
}
