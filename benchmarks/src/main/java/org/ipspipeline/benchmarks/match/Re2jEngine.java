package org.ipspipeline.benchmarks.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RE2/J, one matcher for each pattern. */
final class Re2jEngine extends LineEngine {

    private final List<Matcher> matchers;

    Re2jEngine(List<String> patterns) {
        matchers = patterns.stream()
                .map(pattern -> Pattern.compile(expression(pattern, "?P<host>")).matcher(""))
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
