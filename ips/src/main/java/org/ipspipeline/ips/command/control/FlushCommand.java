package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline flush}. */
@Command(
        name = "flush",
        mixinStandardHelpOptions = true,
        description = "Lifts all bans of the named jails, or of all; prints how many there were.")
public final class FlushCommand extends ControlCommand {

    @Parameters(paramLabel = "JAIL", arity = "0..*", description = "Jails.")
    private List<String> jails = List.of();

    @Override
    List<String> question() {
        List<String> question = new ArrayList<>(List.of("flush"));
        question.addAll(jails);
        return question;
    }

    @Override
    String text(@Nullable Object answer) {
        return String.valueOf(answer);
    }
}
