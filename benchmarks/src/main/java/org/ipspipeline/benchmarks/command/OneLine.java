package org.ipspipeline.benchmarks.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one clear line on the standard error and an exit code. */
final class OneLine {

    private OneLine() {}

    static int onWrongUsage(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String message = messageOf(exception);
        List<String> suggestions = exception instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.<String>of();
        String mend = suggestions.isEmpty()
                ? "see '" + command.getCommandSpec().qualifiedName() + " --help'"
                : "did you mean " + String.join(" or ", suggestions) + "?";
        command.getErr().println("ips-pipeline: " + message + "; " + mend);
        return CommandLine.ExitCode.USAGE;
    }

    static int onFailure(Exception exception, CommandLine command, ParseResult parsed) {
        command.getErr().println("ips-pipeline: " + messageOf(exception));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String messageOf(Exception exception) {
        String message = exception.getMessage();
        return message == null
                ? exception.toString()
                : message.lines().findFirst().orElse(message);
    }
}
