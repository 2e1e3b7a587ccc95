package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.filter.regex.PythonRegex;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.jspecify.annotations.Nullable;

/**
 * One expression of a filter, compiled. Its groups may have spare names: {@code alt_user_1} is {@code user} where that is
 * empty; {@code tuple_id_1}, {@code tuple_id_2} are joined to {@code id} as a list. May be shared by threads.
 */
final class FilterRegex {

    private static final Pattern SPARE_NAME = Pattern.compile("(alt_|tuple_)(.*?)(?:_\\d+)?");
    private static final List<String> IDENTITIES = List.of("fid", "ip4", "ip6", "dns", "mlfid");

    /** A group that stands in for another one, or is joined to it. */
    private record Spare(String group, String target, boolean joined) {}

    private final String source;
    private final PythonRegex regex;
    private final List<Spare> spares;

    private FilterRegex(String source, PythonRegex regex) {
        this.source = source;
        this.regex = regex;
        this.spares = spares(regex);
    }

    /**
     * Compiles an expression.
     *
     * @param source with fail2ban's tags
     * @param useDns whether {@code <HOST>} takes names
     * @param multiline whether it may span lines
     * @throws RegexSyntaxException if it is none
     */
    static FilterRegex compile(String source, UseDns useDns, boolean multiline) {
        String expanded = FilterTags.expand(source, useDns);
        if (expanded.isBlank()) {
            throw new RegexSyntaxException("the expression is empty");
        }
        return new FilterRegex(source, PythonRegex.compile(expanded, multiline));
    }

    private static List<Spare> spares(PythonRegex regex) {
        List<Spare> alternatives = new ArrayList<>();
        List<Spare> parts = new ArrayList<>();
        for (String group : new TreeSet<>(regex.groups().keySet())) {
            Matcher spare = SPARE_NAME.matcher(group);
            if (spare.matches() && group.length() > "alt_".length()) {
                boolean joined = spare.group(1).equals("tuple_");
                (joined ? parts : alternatives).add(new Spare(group, FilterTags.groupName(spare.group(2)), joined));
            }
        }
        alternatives.addAll(parts);
        return List.copyOf(alternatives);
    }

    /** The expression as the filter gives it. */
    String source() {
        return source;
    }

    PythonRegex regex() {
        return regex;
    }

    /** Whether a match tells whose failure it is, perhaps only together with other lines. */
    boolean hasIdentity() {
        return IDENTITIES.stream().anyMatch(regex.groups()::containsKey);
    }

    /** Whether a group is looked at that is not simply the group of that name. */
    boolean hasSpareGroups() {
        return !spares.isEmpty();
    }

    /**
     * The groups of a match by name.
     *
     * @return texts; lists of texts for joined groups; null for groups that took no part
     */
    Map<String, @Nullable Object> groups(Searcher match) {
        Map<String, @Nullable Object> groups = new LinkedHashMap<>();
        regex.groups().forEach((name, number) -> groups.put(name, match.group(number)));
        for (Spare spare : spares) {
            Object value = groups.get(spare.group());
            Object present = groups.get(spare.target());
            if (spare.joined()) {
                List<@Nullable Object> joined = new ArrayList<>();
                if (present instanceof List<?> list) {
                    joined.addAll(list);
                } else {
                    joined.add(present);
                }
                joined.add(value);
                groups.put(spare.target(), joined);
            } else if (!isEmpty(value) && isEmpty(present)) {
                groups.put(spare.target(), value);
            }
        }
        return groups;
    }

    static boolean isEmpty(@Nullable Object value) {
        return value == null || value.equals("");
    }
}
