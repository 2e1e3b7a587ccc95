package org.ipspipeline.ips.filter;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ipspipeline.ips.Python;
import org.jspecify.annotations.NullUnmarked;

/**
 * fail2ban's annotated sample logs. Conditions in them are Python expressions: a script evaluates them and flattens the
 * annotations.
 */
@NullUnmarked
final class SampleLogs {

    private SampleLogs() {}

    /** A filter's samples. */
    record Samples(String name, List<Map<String, String>> filters, List<Sample> lines) {}

    /** A line of a sample file and what is expected of it, for each set of options that it is meant for. */
    record Sample(String place, Map<String, Object> expected, List<Judged> judged) {}

    /** A line as one set of options sees it. */
    record Judged(int filter, String text, boolean dated) {}

    static List<Samples> read(Path directory, List<String> names) {
        List<String> arguments =
                Stream.concat(Stream.of(directory.toString()), names.stream()).toList();
        List<Samples> all = new ArrayList<>();
        for (String json : Python.run(SampleLogs.class, "samples.py", Map.of(), arguments)
                .lines()
                .toList()) {
            all.add(parse(json));
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Samples parse(String json) {
        Map<String, Object> root;
        try {
            root = JSON.std.mapFrom(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        List<Map<String, String>> filters = new ArrayList<>();
        for (Map<String, Object> filter : (List<Map<String, Object>>) root.get("filters")) {
            Map<String, String> options = new LinkedHashMap<>();
            ((Map<String, Object>) filter.get("options")).forEach((name, value) -> options.put(name, value.toString()));
            filters.add(options);
        }
        List<Sample> lines = new ArrayList<>();
        for (Map<String, Object> line : (List<Map<String, Object>>) root.get("lines")) {
            List<Judged> judged = new ArrayList<>();
            for (List<Object> text : (List<List<Object>>) line.get("texts")) {
                judged.add(new Judged((Integer) text.get(0), (String) text.get(1), (Boolean) text.get(2)));
            }
            Map<String, Object> expected = (Map<String, Object>) line.get("expected");
            lines.add(new Sample(
                    line.get("file") + ":" + line.get("line"), expected == null ? Map.of() : expected, judged));
        }
        return new Samples((String) root.get("name"), filters, lines);
    }
}
