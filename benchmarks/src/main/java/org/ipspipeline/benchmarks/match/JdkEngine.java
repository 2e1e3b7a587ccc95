package org.ipspipeline.benchmarks.match;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code java.util.regex}, one matcher for each pattern. */
final class JdkEngine extends LineEngine {

    private final List<Matcher> matchers;

    JdkEngine(List<String> patterns) {
        matchers = patterns.stream()
                .map(pattern -> Pattern.compile(expression(pattern, "?<host>")).matcher(""))
                .toList();
    }

    @Override
    @Nullable
    String host(String line) {
        for (Matcher matcher : matchers) {
            if (matcher.reset(line).find()) {
                return matcher.group("host");
            }
        }
        return null;
    }
}
