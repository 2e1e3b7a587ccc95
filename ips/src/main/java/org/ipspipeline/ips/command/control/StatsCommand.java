package org.ipspipeline.ips.command.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code ips-pipeline stats}. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Shows all figures of the daemon, one a line; --json as one object.")
public final class StatsCommand extends ControlCommand {

    @Override
    List<String> question() {
        return List.of("stats");
    }

    @Override
    String text(@Nullable Object answer) {
        StringBuilder text = new StringBuilder();
        append(text, "", answer);
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> append(text, name.isEmpty() ? String.valueOf(key) : name + "." + key, inner));
        } else {
            text.append(name).append(' ').append(value).append(System.lineSeparator());
        }
    }
}
