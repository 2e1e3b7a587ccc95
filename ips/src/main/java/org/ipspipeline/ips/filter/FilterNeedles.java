package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.ipspipeline.ips.filter.regex.PythonTranslator;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;
import org.ipspipeline.ips.filter.regex.TranslatedRegex;
import org.ipspipeline.ips.match.syntax.MandatoryLiterals;
import org.ipspipeline.ips.match.syntax.Needle;
import org.ipspipeline.ips.match.syntax.Needles;
import org.ipspipeline.ips.match.syntax.RegexParser;
import org.jspecify.annotations.Nullable;

/**
 * The literals of a filter's expressions, to be looked for in lines as they are. Where an expression has none of use, those of the
 * prefregex stand in, which must match as well.
 */
final class FilterNeedles {

    /** Halves of a literal that are shorter than this stand everywhere. */
    private static final int LEAST_HALF = 4;

    /** The date begins at once, at the line's beginning, or behind an opening bracket, and ends where a word does. */
    private static final Pattern BORDERED =
            Pattern.compile("\\{\\^LN-BEG\\}|\\^?(?:%|\\{DATE\\})|\\^\\[\\^\\\\\\[\\]\\*\\\\\\[\\(\\{DATE\\}\\)$");

    private final Filter filter;
    private final boolean multiline;
    private final boolean tornAnywhere;

    FilterNeedles(Filter filter) {
        this.filter = filter;
        this.multiline = filter.definition().maxLines() > 1;
        this.tornAnywhere = !filter.definition().datePatterns().stream().allMatch(FilterNeedles::isBordered);
    }

    /** Of each failregex; null for one that has none. */
    List<@Nullable Needles> all() {
        FilterRegex prefregex = filter.prefregex();
        Needles ofPrefix = prefregex == null ? null : of(prefregex);
        List<@Nullable Needles> all = new ArrayList<>();
        for (FilterRegex failregex : filter.failregexes()) {
            Needles own = of(failregex);
            all.add(own == null ? ofPrefix : own);
        }
        return all;
    }

    private @Nullable Needles of(FilterRegex regex) {
        String tagged = FilterTags.expandAllButAddresses(
                regex.source(), filter.definition().useDns());
        TranslatedRegex translated;
        try {
            translated = PythonTranslator.translate(tagged, multiline, false);
        } catch (RegexSyntaxException e) {
            // A tag in the midst of a character class, say: the expression itself compiles, so it sees every line.
            return null;
        }
        Needles needles = MandatoryLiterals.of(DateGap.open(RegexParser.parse(translated.regex(), translated.flags())));
        return needles != null && tornAnywhere ? halves(needles) : needles;
    }

    /**
     * Whether the date that a pattern finds has signs or nothing around it, as that of the default patterns: other dates can tear any
     * literal apart.
     */
    private static boolean isBordered(String pattern) {
        return BORDERED.matcher(pattern).lookingAt();
    }

    /** A date tears a literal at one place only, so that one of its halves is whole. */
    private static @Nullable Needles halves(Needles needles) {
        List<Needle> halves = new ArrayList<>();
        for (Needle needle : needles.literals()) {
            int middle = needle.length() / 2;
            if (middle < LEAST_HALF) {
                return null;
            }
            byte[] bytes = needle.bytes();
            halves.add(new Needle(Arrays.copyOfRange(bytes, 0, middle)));
            halves.add(new Needle(Arrays.copyOfRange(bytes, middle, bytes.length)));
        }
        return new Needles(halves, needles.caseless());
    }
}
