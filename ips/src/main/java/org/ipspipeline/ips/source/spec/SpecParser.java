package org.ipspipeline.ips.source.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.journal.JournalQuery;
import org.ipspipeline.ips.source.process.RestartPolicy;
import org.ipspipeline.ips.source.spec.SourceSpec.CommandSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.FifoSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.FileSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.JournalSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.RingSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.StdinSpec;
import org.ipspipeline.ips.source.spec.SourceSpec.SyslogSpec;
import org.ipspipeline.ips.source.syslog.SyslogAddress;
import org.jspecify.annotations.Nullable;

/** Takes {@code KIND:WHAT} or {@code KIND[OPTION=VALUE,...]:WHAT} apart. */
final class SpecParser {

    private static final Pattern FORM =
            Pattern.compile("(?<kind>[a-z]+)(?:\\[(?<options>[^]]*)])?:(?<what>.*)", Pattern.DOTALL);

    private final String text;

    SpecParser(String text) {
        this.text = text;
    }

    SourceSpec parse() {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw noForm();
        }
        final String what = form.group("what");
        final Map<String, String> options = options(form.group("options"));
        final SourceSpec spec = switch (form.group("kind")) {
            case "ring" -> new RingSpec(text, path(what));
            case "file" -> new FileSpec(text, path(what).toString());
            case "journal" -> journal(what, options);
            case "syslog" -> syslog(what);
            case "fifo" -> new FifoSpec(text, path(what));
            case "command" -> command(what, options);
            case "stdin" -> stdin(what);
            default -> throw noForm();
        };
        if (!options.isEmpty()) {
            throw wrong("it has no option '" + options.keySet().iterator().next() + "'");
        }
        return spec;
    }

    private SourceSpec journal(String matches, Map<String, String> options) {
        final String directory = options.remove("path");
        final String files = options.remove("files");
        if (directory != null && files != null) {
            throw wrong("give it either a path or files");
        }
        try {
            final JournalQuery query = JournalQuery.parse(matches);
            if (directory != null) {
                return new JournalSpec(text, query.inDirectory(directory));
            }
            return new JournalSpec(text, files == null ? query : query.inFiles(List.of(files)));
        } catch (IllegalArgumentException e) {
            throw new SourceException("source '" + text + "': " + e.getMessage(), e);
        }
    }

    private SourceSpec syslog(String address) {
        try {
            return new SyslogSpec(text, SyslogAddress.parse(address));
        } catch (IllegalArgumentException e) {
            throw new SourceException("source '" + text + "': " + e.getMessage(), e);
        }
    }

    private SourceSpec command(String command, Map<String, String> options) {
        if (command.isBlank()) {
            throw wrong("a shell command goes after the colon");
        }
        final String wanted = options.getOrDefault("restart", RestartPolicy.ALWAYS.label());
        options.remove("restart");
        return new CommandSpec(
                text,
                command,
                Arrays.stream(RestartPolicy.values())
                        .filter(policy -> policy.label().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> wrong("restart must be one of "
                                + Arrays.stream(RestartPolicy.values())
                                        .map(RestartPolicy::label)
                                        .collect(Collectors.joining(", ")))));
    }

    private SourceSpec stdin(String what) {
        if (!what.isEmpty()) {
            throw wrong("nothing goes after 'stdin:'");
        }
        return new StdinSpec(text);
    }

    private Path path(String what) {
        if (what.isEmpty()) {
            throw wrong("a path goes after the colon");
        }
        try {
            return Path.of(what);
        } catch (InvalidPathException e) {
            throw new SourceException("source '" + text + "': no path: " + e.getReason(), e);
        }
    }

    private Map<String, String> options(@Nullable String written) {
        final Map<String, String> options = new LinkedHashMap<>();
        if (written == null || written.isBlank()) {
            return options;
        }
        for (String option : written.split(",", -1)) {
            final int equals = option.indexOf('=');
            if (equals < 1) {
                throw wrong("the option '" + option + "' must be NAME=VALUE");
            }
            options.put(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip());
        }
        return options;
    }

    private SourceException noForm() {
        return wrong("it must be one of " + SourceSpec.FORMS);
    }

    private SourceException wrong(String what) {
        return new SourceException("source '" + text + "': " + what);
    }
}
