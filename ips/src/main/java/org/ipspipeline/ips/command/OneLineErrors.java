package org.ipspipeline.ips.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever went wrong into one clear line on the standard error and an exit code: 2 for wrong usage or configuration
 * ({@link ParameterException}, {@link UsageException}), 1 for a run that failed.
 */
public final class OneLineErrors {

    private OneLineErrors() {}

    /**
     * Makes a command line, its subcommands included, report in this way.
     *
     * @param commandLine complete with its subcommands
     * @return the same command line
     */
    public static CommandLine install(CommandLine commandLine) {
        return commandLine
                .setParameterExceptionHandler(OneLineErrors::onWrongUsage)
                .setExecutionExceptionHandler(OneLineErrors::onFailure);
    }

    private static int onWrongUsage(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        List<String> suggestions = exception instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.<String>of();
        String mend = suggestions.isEmpty()
                ? "see '" + command.getCommandSpec().qualifiedName() + " --help'"
                : "did you mean " + String.join(" or ", suggestions) + "?";
        report(command, messageOf(exception) + "; " + mend);
        return CommandLine.ExitCode.USAGE;
    }

    private static int onFailure(Exception exception, CommandLine command, ParseResult parsed) {
        report(command, messageOf(exception));
        return exception instanceof UsageException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static void report(CommandLine command, String message) {
        command.getErr().println("ips-pipeline: " + message);
        command.getErr().flush();
    }

    private static String messageOf(Exception exception) {
        String message = exception.getMessage();
        return message == null
                ? exception.toString()
                : message.lines().findFirst().orElse(message);
    }
}
