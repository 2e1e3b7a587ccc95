package org.ipspipeline.ips.match.syntax;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts of which each match of a part holds at least one, none of them empty. */
record LiteralChoice(Set<Text> texts) {

    /** More alternatives than these cost more in the search than they spare. */
    static final int MAX_TEXTS = 16;

    /** The texts, or null where one of them is empty, so that they tell nothing. */
    static @Nullable LiteralChoice of(Set<Text> texts) {
        return texts.stream().anyMatch(text -> text.length() == 0) ? null : new LiteralChoice(texts);
    }

    static @Nullable LiteralChoice rarer(@Nullable LiteralChoice one, @Nullable LiteralChoice other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.rarity() > one.rarity() ? other : one;
    }

    /** One of these or one of the others; null where these are too many. */
    @Nullable
    LiteralChoice or(LiteralChoice other) {
        Set<Text> both = new LinkedHashSet<>(texts);
        both.addAll(other.texts);
        return both.size() > MAX_TEXTS ? null : new LiteralChoice(both);
    }

    /** The bits that the least rare of them tells, less those that it takes to tell them apart. */
    double rarity() {
        double least =
                texts.stream().mapToDouble(text -> text.needle().rarity()).min().orElse(0);
        return least - Math.log(texts.size()) / Math.log(2);
    }

    Needles needles() {
        boolean caseless = texts.stream().anyMatch(Text::eitherCase);
        List<Needle> needles = texts.stream().map(Text::needle).distinct().toList();
        return new Needles(needles, caseless);
    }
}
