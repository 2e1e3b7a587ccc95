package org.ipspipeline.ips.control;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers in the words and with the tabs of {@code fail2ban-client}, which people's scripts parse. */
public final class Fail2banText {

    private static final List<String> LOG_PATHS = List.of("logpath", "addlogpath", "dellogpath");
    private static final List<String> IGNORED = List.of("ignoreip", "addignoreip", "delignoreip");
    private static final List<String> EXPRESSIONS =
            List.of("failregex", "addfailregex", "delfailregex", "ignoreregex", "addignoreregex", "delignoreregex");

    private Fail2banText() {}

    /**
     * Shows an answer.
     *
     * @param command what was asked
     * @param value the answer
     * @return without the last line's end
     */
    public static String of(List<String> command, @Nullable Object value) {
        String first = command.get(0);
        return switch (first) {
            case "ping" -> "Server replied: " + value;
            case "start" -> "Jail started";
            case "stop" -> command.size() == 1 ? "Shutdown successful" : "Jail stopped";
            case "flushlogs" -> "logs: " + value;
            case "echo" -> joined(value, " ");
            case "status" -> status(command, list(value));
            default -> command.size() < 2 ? PythonText.str(value) : setting(command, value);
        };
    }

    /**
     * Shows a refusal.
     *
     * @param refused why
     * @return one line
     */
    public static String of(ControlException refused) {
        return refused.kind() == ControlException.Kind.UNKNOWN_JAIL
                ? "Sorry but the jail '" + refused.getMessage() + "' does not exist"
                : String.valueOf(refused.getMessage());
    }

    /**
     * What {@code fail2ban-client} logs of a refusal.
     *
     * @param refused why
     * @return one line
     */
    public static String logged(ControlException refused) {
        return "NOK: (" + PythonText.repr(refused.getMessage()) + ",)";
    }

    private static String status(List<String> command, List<?> groups) {
        StringBuilder text =
                new StringBuilder(command.size() > 1 ? "Status for the jail: " + command.get(1) : "Status");
        for (int i = 0; i < groups.size(); i++) {
            List<?> group = list(groups.get(i));
            boolean last = i == groups.size() - 1;
            text.append('\n').append(last ? "`- " : "|- ").append(group.get(0));
            if (command.size() > 1) {
                List<?> entries = list(group.get(1));
                for (int j = 0; j < entries.size(); j++) {
                    List<?> entry = list(entries.get(j));
                    text.append('\n').append(last ? "   " : "|  ");
                    text.append(j == entries.size() - 1 ? "`- " : "|- ");
                    text.append(entry.get(0)).append(":\t").append(plain(entry.get(1)));
                }
            } else {
                text.append(":\t").append(plain(group.get(1)));
            }
        }
        return text.toString();
    }

    private static String setting(List<String> command, @Nullable Object value) {
        return switch (command.get(1)) {
            case "loglevel" -> "Current logging level is " + PythonText.repr(value);
            case "logtarget" -> "Current logging target is:\n`- " + value;
            case "syslogsocket" -> "Current syslog socket is:\n`- " + value;
            case "dbfile", "dbpurgeage" -> "Database currently disabled";
            default -> command.size() < 3 ? PythonText.str(value) : jailSetting(command, value);
        };
    }

    private static String jailSetting(List<String> command, @Nullable Object value) {
        String option = command.get(2);
        if (LOG_PATHS.contains(option)) {
            return tree(value, "No file is currently monitored", "Current monitored log file(s):");
        }
        if (IGNORED.contains(option)) {
            return tree(value, "No IP address/network is ignored", "These IP addresses/networks are ignored:");
        }
        if (EXPRESSIONS.contains(option)) {
            return expressions(list(value));
        }
        return switch (option) {
            case "logencoding" -> "Current log encoding is set to:\n" + value;
            case "journalmatch" ->
                list(value).isEmpty()
                        ? "No journal match filter set"
                        : "Current match filter:\n"
                                + list(value).stream()
                                        .map(match -> joined(match, " "))
                                        .collect(Collectors.joining(" + "));
            case "datepattern" -> {
                List<?> pattern = list(value);
                yield "Current date pattern set to: "
                        + (pattern.get(0) == null ? pattern.get(1) : pattern.get(0) + " (" + pattern.get(1) + ")");
            }
            case "actions" ->
                list(value).isEmpty()
                        ? "No actions for jail " + command.get(1)
                        : "The jail " + command.get(1) + " has the following actions:\n" + joined(value, ", ");
            case "banip" -> banList(command, value);
            default -> PythonText.str(value);
        };
    }

    private static String banList(List<String> command, @Nullable Object value) {
        if (!command.get(0).equals("get")) {
            return PythonText.str(value);
        }
        String between = command.size() > 3 ? command.get(3) : " ";
        return joined(value, between.equals("--with-time") ? "\n" : between);
    }

    private static String tree(@Nullable Object value, String none, String head) {
        List<?> entries = list(value);
        if (entries.isEmpty()) {
            return none;
        }
        StringBuilder text = new StringBuilder(head);
        for (int i = 0; i < entries.size(); i++) {
            text.append('\n').append(i == entries.size() - 1 ? "`- " : "|- ").append(entries.get(i));
        }
        return text.toString();
    }

    private static String expressions(List<?> entries) {
        if (entries.isEmpty()) {
            return "No regular expression is defined";
        }
        StringBuilder text = new StringBuilder("The following regular expression are defined:");
        for (int i = 0; i < entries.size(); i++) {
            text.append('\n').append(i == entries.size() - 1 ? "`- " : "|- ");
            text.append('[').append(i).append("]: ").append(entries.get(i));
        }
        return text.toString();
    }

    private static String plain(Object value) {
        return value instanceof List ? joined(value, " ") : PythonText.str(value);
    }

    private static String joined(@Nullable Object value, String between) {
        return list(value).stream().map(PythonText::str).collect(Collectors.joining(between));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
