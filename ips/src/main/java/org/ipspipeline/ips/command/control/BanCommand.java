package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline ban}. */
@Command(
        name = "ban",
        mixinStandardHelpOptions = true,
        description = "Bans addresses or networks in a jail; prints how many were not banned before.")
public final class BanCommand extends ControlCommand {

    @Option(
            names = {"-j", "--jail"},
            paramLabel = "JAIL",
            description = "In which jail (default: the only one).")
    private String jail = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "For how long, such as 10m, or -1 for ever (default: as long as the jail bans).")
    private String time = "";

    @Parameters(paramLabel = "IP", arity = "1..*", description = "Addresses or networks.")
    private List<String> addresses = List.of();

    @Override
    List<String> question() {
        List<String> question = new ArrayList<>(List.of("ban", jail, time));
        question.addAll(addresses);
        return question;
    }

    @Override
    String text(@Nullable Object answer) {
        return String.valueOf(answer);
    }
}
