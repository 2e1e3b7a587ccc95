package org.ipspipeline.ips.control;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that go over the control socket. */
final class ControlMessages {

    private static final JSON FORMAT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private ControlMessages() {}

    static String request(List<String> command) throws IOException {
        return FORMAT.asString(Map.of("command", command));
    }

    /**
     * Reads a request.
     *
     * @return the words of the command
     * @throws ControlException if it is none
     */
    static List<String> command(String line) {
        try {
            if (FORMAT.mapFrom(line).get("command") instanceof List<?> words && !words.isEmpty()) {
                return words.stream().map(String::valueOf).toList();
            }
        } catch (IOException unreadable) {
            throw new ControlException(ControlException.Kind.INVALID_COMMAND, "the request is no JSON");
        }
        throw new ControlException(ControlException.Kind.INVALID_COMMAND, "the request has no command");
    }

    static String answer(@Nullable Object value) throws IOException {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("value", value);
        return FORMAT.asString(answer);
    }

    static String refusal(ControlException why) throws IOException {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("error", why.getMessage());
        answer.put("kind", why.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return FORMAT.asString(answer);
    }

    /**
     * Reads an answer.
     *
     * @return its value
     * @throws ControlException if it is a refusal
     */
    static @Nullable Object value(String line) throws IOException {
        Map<String, Object> answer = FORMAT.mapFrom(line);
        Object error = answer.get("error");
        if (error == null) {
            return answer.get("value");
        }
        String kind =
                String.valueOf(answer.get("kind")).toUpperCase(Locale.ROOT).replace('-', '_');
        throw new ControlException(ControlException.Kind.valueOf(kind), String.valueOf(error));
    }
}
