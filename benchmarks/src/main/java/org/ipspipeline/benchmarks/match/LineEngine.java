package org.ipspipeline.benchmarks.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engines share that take lines as strings, as most programs in Java do. */
abstract class LineEngine implements Engine {

    /** The client's address as their expressions have it; the group is named {@code host}. */
    private static final String ADDRESS = "(?<host>(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+)";

    private final Map<String, long[]> counts = new HashMap<>();

    static String expression(String pattern, String namedGroup) {
        return pattern.replace("<HOST>", ADDRESS.replace("?<host>", namedGroup));
    }

    /** {@return the address of a failure, null for other lines} */
    abstract @Nullable String host(String line);

    @Override
    public Found pass(Path file) throws IOException {
        long lines = 0;
        long matches = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines++;
                String host = host(line);
                if (host != null) {
                    matches++;
                    counts.computeIfAbsent(host, first -> new long[1])[0]++;
                }
            }
        }
        return new Found(lines, matches, counts.size());
    }
}
