package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline banned}. */
@Command(
        name = "banned",
        mixinStandardHelpOptions = true,
        description = "Lists who is banned, by jail; or in which jails given addresses are banned.")
public final class BannedCommand extends ControlCommand {

    @Parameters(paramLabel = "IP", arity = "0..*", description = "Addresses or networks.")
    private List<String> addresses = List.of();

    @Override
    List<String> question() {
        List<String> question = new ArrayList<>(List.of("banned"));
        question.addAll(addresses);
        return question;
    }
}
