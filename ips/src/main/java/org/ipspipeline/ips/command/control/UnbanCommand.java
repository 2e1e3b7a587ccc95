package org.ipspipeline.ips.command.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline unban}. */
@Command(
        name = "unban",
        mixinStandardHelpOptions = true,
        description = "Lifts bans, in one jail or in all; prints how many there were.")
public final class UnbanCommand extends ControlCommand {

    @Option(
            names = {"-j", "--jail"},
            paramLabel = "JAIL",
            description = "In which jail (default: in all).")
    private String jail = "";

    @ArgGroup(multiplicity = "1")
    private Whom whom = new Whom();

    /** All, or some. */
    static final class Whom {
        @Option(names = "--all", required = true, description = "All bans.")
        private boolean all;

        @Parameters(paramLabel = "IP", arity = "1..*", description = "Addresses or networks, as they were banned.")
        private List<String> addresses = List.of();
    }

    @Override
    List<String> question() {
        if (jail.isEmpty()) {
            return words("unban", whom.all ? List.of("--all") : whom.addresses);
        }
        if (whom.all) {
            return List.of("flush", jail);
        }
        List<String> question = new ArrayList<>(List.of("set", jail, "unbanip"));
        question.addAll(whom.addresses);
        return question;
    }

    private static List<String> words(String first, List<String> others) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(others);
        return words;
    }

    @Override
    String text(@Nullable Object answer) {
        return String.valueOf(answer);
    }
}
