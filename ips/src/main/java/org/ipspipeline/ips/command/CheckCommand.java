package org.ipspipeline.ips.command;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.check.CheckedFilter;
import org.ipspipeline.ips.check.CheckedJail;
import org.ipspipeline.ips.check.CheckedRegex;
import org.ipspipeline.ips.check.CheckedTree;
import org.ipspipeline.ips.check.ConfigurationCheck;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline check}: whether a configuration can be used. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads every jail and filter of a configuration, compiles every expression, and names what is"
                    + " broken: exit code 2 if something is.",
            "An expression behind literals costs only lines that hold one of them; one without sees every line."
        })
public final class CheckCommand implements Callable<Integer> {

    private static final int BROKEN = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "PATH",
            defaultValue = "/etc/fail2ban",
            description = "fail2ban's directory, or a TOML file (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("/etc/fail2ban");

    @Option(names = "--all", description = "Also list the jails that are switched off, and every expression.")
    private boolean all;

    @Option(names = "--json", description = "Print all that was found as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CheckedTree tree;
        try {
            tree = new ConfigurationCheck(config).run();
        } catch (ConfigurationException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(toJson(tree)));
        } else {
            say(tree, out);
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        tree.problems().forEach(problem -> err.println("ips-pipeline: " + problem));
        err.flush();
        return tree.problems().isEmpty() ? 0 : BROKEN;
    }

    private void say(CheckedTree tree, PrintWriter out) {
        List<CheckedRegex> regexes = tree.filters().stream()
                .flatMap(filter -> filter.regexes().stream())
                .toList();
        out.printf(
                Locale.ROOT,
                "%s: %s, %d of them enabled; %s with %s: %d behind literals, %d for every line%n",
                config,
                count(tree.jails().size(), "jail", "jails"),
                tree.jails().stream().filter(CheckedJail::enabled).count(),
                count(tree.filters().size(), "filter", "filters"),
                count(regexes.size(), "failregex", "failregexes"),
                regexes.stream().filter(regex -> !regex.seesEveryLine()).count(),
                regexes.stream().filter(CheckedRegex::seesEveryLine).count());
        out.println();
        out.printf("%-24s %-24s %-10s %11s%n", "JAIL", "FILTER", "BACKEND", "FAILREGEXES");
        for (CheckedJail jail : tree.jails()) {
            if (all || jail.enabled() || jail.problem() != null) {
                out.printf(
                        Locale.ROOT,
                        "%-24s %-24s %-10s %11d%s%n",
                        jail.name(),
                        jail.filter(),
                        jail.backend(),
                        jail.regexes(),
                        jail.problem() != null ? "  broken" : jail.enabled() ? "" : "  off");
            }
        }
        if (all) {
            tree.filters().forEach(filter -> say(filter, out));
        }
        tree.warnings().forEach(warning -> out.println("warning: " + warning));
        out.printf(Locale.ROOT, "%n%s%n", verdict(tree.problems().size()));
    }

    private static String verdict(int problems) {
        return problems == 0
                ? "nothing is broken"
                : problems + (problems == 1 ? " thing is" : " things are") + " broken";
    }

    private static void say(CheckedFilter filter, PrintWriter out) {
        out.printf("%nfilter %s (%s)%s%n", filter.name(), filter.place(), filter.problem() == null ? "" : ": broken");
        for (CheckedRegex regex : filter.regexes()) {
            out.printf(
                    Locale.ROOT,
                    "%4d  %-28s %,7d ns  %s%n",
                    regex.number(),
                    regex.seesEveryLine() ? "every line" : "'" + String.join("', '", regex.literals()) + "'",
                    regex.nanos(),
                    regex.regex());
        }
    }

    private static Map<String, Object> toJson(CheckedTree tree) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("jails", tree.jails().stream().map(CheckCommand::toJson).toList());
        object.put("filters", tree.filters().stream().map(CheckCommand::toJson).toList());
        object.put("problems", tree.problems());
        object.put("warnings", tree.warnings());
        return object;
    }

    private static Map<String, @Nullable Object> toJson(CheckedJail jail) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("name", jail.name());
        object.put("enabled", jail.enabled());
        object.put("filter", jail.filter());
        object.put("backend", jail.backend());
        object.put("failregexes", jail.regexes());
        object.put("problem", jail.problem());
        object.put("warnings", jail.warnings());
        return object;
    }

    private static Map<String, @Nullable Object> toJson(CheckedFilter filter) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("name", filter.name());
        object.put("place", filter.place());
        object.put("problem", filter.problem());
        object.put(
                "failregexes",
                filter.regexes().stream()
                        .map(regex -> {
                            Map<String, Object> each = new LinkedHashMap<>();
                            each.put("number", regex.number());
                            each.put("regex", regex.regex());
                            each.put("match", regex.seesEveryLine() ? "every-line" : "literals");
                            each.put("literals", regex.literals());
                            each.put("nanos", regex.nanos());
                            return each;
                        })
                        .toList());
        return object;
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
