package org.ipspipeline.benchmarks.match;

import com.gliwka.hyperscan.util.PatternFilter;
import com.gliwka.hyperscan.wrapper.CompileErrorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** hyperscan-java's filter of patterns: Hyperscan names those that may match, the JDK's expressions decide. */
final class HyperscanJavaEngine extends LineEngine {

    private final PatternFilter filter;

    HyperscanJavaEngine(List<String> patterns) {
        try {
            filter = new PatternFilter(patterns.stream()
                    .map(pattern -> Pattern.compile(expression(pattern, "?<host>")))
                    .toList());
        } catch (CompileErrorException refused) {
            throw new IllegalStateException("hyperscan-java refuses the patterns", refused);
        }
    }

    @Override
    @Nullable
    String host(String line) {
        for (Matcher matcher : filter.filter(line)) {
            if (matcher.find()) {
                return matcher.group("host");
            }
        }
        return null;
    }
}
