package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One way in Java to find the addresses of a file's failures and to count how often each comes. For one thread. */
interface Engine {

    /**
     * Goes over a file once.
     *
     * @param file the lines
     * @return what it found
     */
    Found pass(Path file) throws IOException;

    /**
     * What was found.
     *
     * @param lines lines read in this pass
     * @param matches failures in this pass
     * @param addresses different addresses in all passes, 0 where they are not counted
     */
    record Found(long lines, long matches, long addresses) {}

    /** The engines, by the names that {@link MatchPeer} takes. */
    enum Kind {
        /** This project's, from the file. */
        OURS,
        /** This project's, with lines that lie in memory as a source would have left them. */
        OURS_IN_MEMORY,
        /** This project's without a pattern: the fourth field is the address; lines in memory. */
        ADDRESS_FIELD,
        /** This project's without a pattern: lines are addresses in binary, in memory. */
        ADDRESS_RECORDS,
        /** This project's with fail2ban's filters, from the file; in the place of patterns their names, none for all. */
        FILTERS,
        /** The JDK's regular expressions. */
        JDK,
        /** RE2/J, in time linear in the line's length. */
        RE2J,
        /** hyperscan-java as its documentation uses it: lines as strings. */
        HYPERSCAN_JAVA;

        Engine make(List<String> patterns) {
            return switch (this) {
                case OURS -> new OurEngine(patterns);
                case OURS_IN_MEMORY -> InMemoryEngine.ofPatterns(patterns);
                case ADDRESS_FIELD -> InMemoryEngine.ofField(Corpus.THESIS_FIELD);
                case ADDRESS_RECORDS -> InMemoryEngine.ofRecords(Corpus.THESIS_FIELD);
                case FILTERS -> FiltersEngine.of(patterns);
                case JDK -> new JdkEngine(patterns);
                case RE2J -> new Re2jEngine(patterns);
                case HYPERSCAN_JAVA -> new HyperscanJavaEngine(patterns);
            };
        }

        static Kind named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
