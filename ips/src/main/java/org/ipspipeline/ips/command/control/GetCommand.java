package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Shows a setting of a jail, such as: get sshd bantime")
public final class GetCommand extends ControlCommand {

    @Parameters(
            paramLabel = "JAIL OPTION",
            arity = "1..*",
            description =
                    "The words of fail2ban-client: bantime, findtime, maxretry, failregex, ignoreip, logpath, ...")
    private List<String> words = List.of();

    @Override
    List<String> question() {
        List<String> question = new ArrayList<>(List.of("get"));
        question.addAll(words);
        return question;
    }
}
