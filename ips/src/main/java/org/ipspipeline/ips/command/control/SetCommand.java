package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline set}. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Changes a jail until the next reload, such as: set sshd bantime 1h")
public final class SetCommand extends ControlCommand {

    @Parameters(
            paramLabel = "JAIL OPTION VALUE",
            arity = "2..*",
            description =
                    "The words of fail2ban-client: bantime, findtime, maxretry, addignoreip, addlogpath, idle, ...")
    private List<String> words = List.of();

    @Override
    List<String> question() {
        List<String> question = new ArrayList<>(List.of("set"));
        question.addAll(words);
        return question;
    }
}
