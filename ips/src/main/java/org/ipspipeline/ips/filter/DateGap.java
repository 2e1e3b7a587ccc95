package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.match.syntax.ByteSet;
import org.ipspipeline.ips.match.syntax.RegexNode;

/**
 * Expressions see a line without its date, but literals are looked for in the line as it is: a literal of the expression may
 * be torn apart there by the date. A date begins and ends as a word of its own, so this can only happen between two
 * characters that belong to no word, as in {@code [] [error]}. This puts a gap there, which no literal goes across; in
 * the place of newlines, because each line of several has a date of its own; and in that of characters beyond ASCII, whose
 * bytes the log's encoding decides.
 */
final class DateGap {

    private static final RegexNode GAP = new RegexNode.Unknown("a date, or what an encoding decides");

    private DateGap() {}

    /** The expression with the gaps in it. */
    static RegexNode open(RegexNode node) {
        if (node instanceof RegexNode.Sequence sequence) {
            List<RegexNode> parts = new ArrayList<>();
            RegexNode last = null;
            for (RegexNode part : sequence.parts()) {
                if (last != null && mayBorderDate(last, false) && mayBorderDate(part, true)) {
                    parts.add(GAP);
                }
                parts.add(open(part));
                last = part;
            }
            return new RegexNode.Sequence(parts);
        }
        if (node instanceof RegexNode.Choice choice) {
            return new RegexNode.Choice(
                    choice.parts().stream().map(DateGap::open).toList());
        }
        if (node instanceof RegexNode.Repeat repeat) {
            return new RegexNode.Repeat(open(repeat.part()), repeat.min(), repeat.max(), repeat.mode());
        }
        if (node instanceof RegexNode.Capture capture) {
            return new RegexNode.Capture(open(capture.part()), capture.index(), capture.name());
        }
        return node instanceof RegexNode.Literal literal && (literal.value() == '\n' || literal.value() < 0)
                ? GAP
                : node;
    }

    /** Whether a part may begin (or end) with a character that belongs to no word, or with nothing. */
    private static boolean mayBorderDate(RegexNode node, boolean begin) {
        if (node instanceof RegexNode.Literal literal) {
            return !isWord(literal.value() & 0xff);
        }
        if (node instanceof RegexNode.OneOf oneOf) {
            return mayBorderDate(oneOf.set());
        }
        if (node instanceof RegexNode.Capture capture) {
            return mayBorderDate(capture.part(), begin);
        }
        if (node instanceof RegexNode.Repeat repeat) {
            return repeat.min() == 0 || mayBorderDate(repeat.part(), begin);
        }
        if (node instanceof RegexNode.Choice choice) {
            return choice.parts().stream().anyMatch(part -> mayBorderDate(part, begin));
        }
        if (node instanceof RegexNode.Sequence sequence && !sequence.parts().isEmpty()) {
            List<RegexNode> parts = sequence.parts();
            return mayBorderDate(parts.get(begin ? 0 : parts.size() - 1), begin);
        }
        return true;
    }

    private static boolean mayBorderDate(ByteSet set) {
        for (int value = 0; value < 256; value++) {
            if (set.mayContain(value) && !isWord(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(int value) {
        return value < 128 && (Character.isLetterOrDigit(value) || value == '_');
    }
}
