package org.ipspipeline.ips.filter;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a filter's file at random in the ways in which releases change them: other spellings, new parts, other groups. */
final class FilterMutations {

    /** What stands for one regular expression's piece, and what it becomes. */
    private record Rule(Pattern piece, String replacement) {
        static Rule of(String piece, String replacement) {
            return new Rule(Pattern.compile(piece), replacement);
        }
    }

    private static final String PLAIN = "(?<![\\\\\\[\\w^-])";

    private static final List<Rule> RULES = List.of(
            Rule.of("\\\\S\\+", "[^\\\\s]+"),
            Rule.of("\\\\S\\+", "(?:(?!from)\\\\S)+"),
            Rule.of("\\\\S\\*", "[^\\\\s\"]*+"),
            Rule.of("\\\\s\\+", "[ \\\\t]+"),
            Rule.of("\\\\s\\*", "(?: |\\\\t){,3}"),
            Rule.of("\\\\d\\+", "[0-9]+"),
            Rule.of("\\\\d\\+", "\\\\d{1,}"),
            Rule.of("\\\\d\\+", "\\\\d++"),
            Rule.of("\\\\w\\+", "[A-Za-z0-9_-]+"),
            Rule.of("\\\\w\\+", "(?a:\\\\w+)"),
            Rule.of("\\\\s\\*\\$", "\\\\s*\\\\Z"),
            Rule.of("\\$$", "(?:\\\\s|\\$)"),
            Rule.of("\\$$", "(?: \\\\(.*\\\\))?\\$"),
            Rule.of("\\$$", ""),
            Rule.of("(?<![\\\\(\\[])\\.\\*(?![?+])", ".*?"),
            Rule.of("(?<![\\\\(\\[])\\.\\*(?![?+])", "[^\\\\n]*"),
            Rule.of("(?<!\\\\)\\(\\?:", "(?i:"),
            Rule.of("(?<!\\\\)\\(\\?:", "(?>"),
            Rule.of("(?<!\\\\)\\(\\?:", "(?:(?i)"),
            Rule.of("(?<!\\\\)\\(\\?:", "(?P<extra_1>"),
            Rule.of("(?<!\\\\)\\(\\?:", "(?:zzz|"),
            Rule.of("(?<!\\\\)\\(\\?:", "(?#a comment)(?:"),
            Rule.of("(?<!\\\\)\\|", "|(?:also)?"),
            Rule.of("<HOST>", "<ADDR>"),
            Rule.of("<HOST>", "(?:<IP4>|<IP6>)"),
            Rule.of("<HOST>", "<SUBNET>"),
            Rule.of("<HOST>", "(?:<ADDR>|<F-DNS>[\\\\w.-]+</F-DNS>)"),
            Rule.of("<HOST>", "<F-ID>\\\\S+</F-ID>"),
            Rule.of("<HOST>", "\\\\[?<F-TUPLE_ID1>[\\\\w:.-]+</F-TUPLE_ID1>\\\\]?"),
            Rule.of("<HOST>", "<HOST>(?::\\\\d+)?"),
            Rule.of("<HOST>", "<F-PORT/>"),
            Rule.of("<(ADDR|HOST)>", "<F-ADDR/>(?: port <F-PORT>\\\\d+</F-PORT>)?"),
            Rule.of("<ADDR>", "<HOST>"),
            Rule.of("<F-USER>(.*?)</F-USER>", "<F-ALT_USER>$1</F-ALT_USER>"),
            Rule.of("<F-USER>(.*?)</F-USER>", "(?:'<F-USER>[^']*</F-USER>'|<F-ALT_USER_1>$1</F-ALT_USER_1>)"),
            Rule.of("<F-USER>(.*?)</F-USER>", "<F-USER>(?:root|admin|$1)</F-USER>"),
            Rule.of("<F-USER>(.*?)</F-USER>", "(?P<quote>[\"'])?<F-USER>$1</F-USER>(?(quote)(?P=quote))"),
            Rule.of("\"", "[\"']"),
            Rule.of("\\\\\\[", "[\\\\[(]"),
            Rule.of("\\\\\\(", "[(]"),
            Rule.of("\\\\\\.", "[.]"),
            Rule.of("(?<=[a-z]) (?=[a-z])", "\\\\s"),
            Rule.of("(?<=[a-z]) (?=[a-z])", "\\\\x20"),
            Rule.of("(?<=[a-z]) (?=[a-z])", "\\\\ "),
            Rule.of("(?<=[a-z]) (?=[a-z])", " +"),
            Rule.of("(?<=[a-z]): ", ":(?: \\\\w+:)? "),
            Rule.of("(?<=[a-z]): ", "(?<!warning): "),
            Rule.of(PLAIN + "([A-Z])(?=[a-z]{3})", "[$1\\\\x61]"),
            Rule.of(PLAIN + "([a-z])(?=[a-z]{3} )", "[$1A-Z]"),
            Rule.of(PLAIN + "([a-z]+) ([a-z]+)(?= )", "(?:$1|$2) $2"),
            Rule.of(PLAIN + "([a-z]+)(?= [a-z]+)", "(?:$1)?"),
            Rule.of("(?<= )\\^", "(?i)^"),
            Rule.of("(?<= )\\^(?!%)", "^(?=.{5,})"),
            Rule.of("(?<= )\\^", "^(?:\\\\[[^\\\\]]*\\\\]\\\\s+)?"),
            Rule.of("(?<= )\\^", ""),
            Rule.of("(?<= )\\^", "\\\\A"),
            Rule.of("\\?(?=[\\s(\\[\\\\<])", "{0,1}"),
            Rule.of("(?<=[\\w)\\]])\\*(?![?+*])", "{,}"),
            Rule.of("(?<=[\\w)\\]])\\+(?![?+*])", "{1,}?"));

    private FilterMutations() {}

    /** Changes some of the lines that hold expressions; comments stay. */
    static List<String> mutate(List<String> lines, Random random, double rate) {
        return lines.stream().map(line -> mutate(line, random, rate)).toList();
    }

    private static String mutate(String line, Random random, double rate) {
        boolean expression = (line.startsWith(" ") || line.contains("regex =") || line.startsWith("_"))
                && !line.startsWith("#")
                && !line.isBlank();
        String changed = line;
        for (int i = 0; expression && i < 3; i++) {
            if (random.nextDouble() < rate) {
                changed = change(changed, RULES.get(random.nextInt(RULES.size())), random);
            }
        }
        return changed;
    }

    /** Changes one of the places at which a rule applies. */
    private static String change(String line, Rule rule, Random random) {
        Matcher piece = rule.piece().matcher(line);
        int places = (int) piece.results().count();
        if (places == 0) {
            return line;
        }
        int chosen = random.nextInt(places);
        piece.reset();
        StringBuilder changed = new StringBuilder();
        for (int place = 0; piece.find(); place++) {
            if (place == chosen) {
                piece.appendReplacement(changed, rule.replacement());
            }
        }
        return piece.appendTail(changed).toString();
    }
}
