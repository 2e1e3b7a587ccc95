package org.ipspipeline.ips.command.control;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ips-pipeline status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how the daemon is and what its jails do; or a jail, with whom it has banned.")
public final class StatusCommand extends ControlCommand {

    private static final String ROW = "%-20s %12s %12s %12s %12s  %s%n";

    @Parameters(paramLabel = "JAIL", arity = "0..1", description = "A jail.")
    private List<String> jail = List.of();

    @Override
    List<String> question() {
        return jail.isEmpty() ? List.of("stats") : List.of("status", jail.get(0));
    }

    @Override
    String text(@Nullable Object answer) {
        if (!jail.isEmpty() || !(answer instanceof Map<?, ?> stats)) {
            return super.text(answer);
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "up %ss, %s lines read, %s lost, %s behind; %s banned by %s%n",
                stats.get("time_s"),
                part(stats, "lines", "read"),
                part(stats, "lines", "lost"),
                part(stats, "lines", "lag"),
                part(stats, "bans", "active"),
                stats.get("enforcement")));
        text.append(String.format(Locale.ROOT, ROW, "JAIL", "MATCHES", "FAILING", "BANNED", "BANS", "READS"));
        if (stats.get("jails") instanceof Map<?, ?> jails) {
            jails.forEach((name, figures) -> text.append(row(String.valueOf(name), (Map<?, ?>) figures)));
        }
        return text.toString().stripTrailing();
    }

    private static String row(String name, Map<?, ?> figures) {
        String reads = figures.get("files") instanceof List<?> files
                ? String.join(" ", files.stream().map(String::valueOf).toList())
                : "";
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                figures.get("matches"),
                figures.get("failing"),
                figures.get("banned"),
                figures.get("bans"),
                reads);
    }

    private static @Nullable Object part(Map<?, ?> stats, String group, String figure) {
        return stats.get(group) instanceof Map<?, ?> figures ? figures.get(figure) : null;
    }
}
