package org.ipspipeline.ips.filter.date;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.filter.regex.PythonRegex;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;

/** Makes date templates of what fail2ban's option {@code datepattern} says. */
public final class DatePatterns {

    private static final String LINE_BEGIN = "{^LN-BEG}";
    private static final Pattern ANY_DATE = Pattern.compile("(?<!\\\\)\\{DATE}", Pattern.CASE_INSENSITIVE);
    private static final Pattern EPOCH_PART = Pattern.compile("(?<!\\\\)\\{(L?)EPOCH}", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED_DIRECTIVE = Pattern.compile("(?<!%)%[aAbBpc]");

    private static final String SECONDS = "\\d{10,11}\\b(?:\\.\\d{3,6})?";
    private static final String SECONDS_OR_FINER = "\\d{10,11}(?:\\d{3}(?:\\.\\d{1,6}|\\d{3})?)?";

    /** Templates at the beginning of a line win over those that are found somewhere. */
    private static final double LINE_BEGIN_WEIGHT = 100;

    private final DateFields fields;
    private final Map<String, DateTemplate> made = new LinkedHashMap<>();

    /**
     * @param context the years to accept
     */
    public DatePatterns(DateContext context) {
        this.fields = new DateFields(context.firstYear(), context.lastYear());
    }

    /**
     * Makes the templates of a filter.
     *
     * @param patterns the lines of the option; none means all default patterns
     * @return the templates in the order in which they are tried at first
     * @throws IllegalArgumentException naming the pattern that is wrong
     */
    DateTemplateList templates(List<String> patterns) {
        Map<String, DateTemplate> templates = new LinkedHashMap<>();
        for (String pattern : patterns.isEmpty() ? List.of("{DEFAULT}") : patterns) {
            try {
                for (DateTemplate template : templatesOf(pattern.strip())) {
                    templates.putIfAbsent(template.name(), template);
                }
            } catch (RegexSyntaxException e) {
                throw new IllegalArgumentException("date pattern '" + pattern + "': " + e.getMessage(), e);
            }
        }
        return new DateTemplateList(List.copyOf(templates.values()));
    }

    private List<DateTemplate> templatesOf(String pattern) {
        String key = pattern.indexOf('%') < 0 ? pattern.toUpperCase(Locale.ROOT) : pattern;
        return switch (key) {
            case "{DEFAULT}" -> defaults();
            case LINE_BEGIN ->
                defaults().stream().filter(DateTemplate::lineBegin).toList();
            case "{NONE}" -> List.of(template("{UNB}^"));
            default -> key.contains("{DATE}") ? aroundAnyDate(pattern) : List.of(template(pattern));
        };
    }

    /** All default patterns, first those at the beginning of a line, then the same anywhere. */
    private List<DateTemplate> defaults() {
        List<DateTemplate> anchored = new ArrayList<>();
        List<DateTemplate> anywhere = new ArrayList<>();
        for (String pattern : DefaultDatePatterns.ALL) {
            anywhere.add(template(pattern));
            if (!pattern.startsWith(LINE_BEGIN) && !pattern.startsWith("^")) {
                anchored.add(template(LINE_BEGIN + pattern).weighted(LINE_BEGIN_WEIGHT));
            }
        }
        anchored.addAll(anywhere);
        return anchored;
    }

    /** One template for each default pattern, put in the place of {@code {DATE}}. */
    private List<DateTemplate> aroundAnyDate(String pattern) {
        return DefaultDatePatterns.ALL.stream()
                .map(date -> date.startsWith(LINE_BEGIN) ? date.substring(LINE_BEGIN.length()) : date)
                .map(date -> template(ANY_DATE.matcher(pattern).replaceAll(Matcher.quoteReplacement(date))))
                .toList();
    }

    private DateTemplate template(String pattern) {
        String key = pattern.indexOf('%') < 0 ? pattern.toUpperCase(Locale.ROOT) : pattern;
        DateTemplate known = made.get(key);
        if (known == null) {
            known = make(pattern, key);
            made.put(key, known);
        }
        return known;
    }

    private DateTemplate make(String pattern, String key) {
        Matcher epochPart = EPOCH_PART.matcher(pattern);
        if (epochPart.find()) {
            boolean fine = !epochPart.group(1).isEmpty();
            String seconds = "(" + (fine ? SECONDS_OR_FINER : SECONDS) + ")";
            String regex = "(" + epochPart.replaceAll(Matcher.quoteReplacement(seconds)) + ")";
            return template(key, DateRegex.of(regex, DateRegex.Before.WORD_EDGE, true), new EpochReading(2, fine));
        }
        return switch (key) {
            case "EPOCH", "LEPOCH" -> epochAnywhere(key, key.equals("LEPOCH"));
            case LINE_BEGIN + "EPOCH", "^EPOCH" -> epochAtLineBegin(LINE_BEGIN + "EPOCH", false);
            case LINE_BEGIN + "LEPOCH", "^LEPOCH" -> epochAtLineBegin(LINE_BEGIN + "LEPOCH", true);
            case "TAI64N" -> tai64n(key, DateRegex.Before.ANYTHING);
            case LINE_BEGIN + "TAI64N", "^TAI64N" -> tai64n(LINE_BEGIN + "TAI64N", DateRegex.Before.LINE_BEGIN);
            default -> calendar(pattern);
        };
    }

    private DateTemplate calendar(String written) {
        String pattern = written;
        DateRegex.Before before = DateRegex.Before.WORD_EDGE;
        boolean wordEnd = true;
        if (pattern.startsWith("{UNB}")) {
            pattern = pattern.substring("{UNB}".length());
            before = DateRegex.Before.ANYTHING;
            wordEnd = false;
        } else if (pattern.startsWith(LINE_BEGIN)) {
            pattern = pattern.substring(LINE_BEGIN.length());
            before = DateRegex.Before.LINE_BEGIN;
        }
        String regex;
        try {
            regex = fields.expand(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("date pattern '" + written + "': " + e.getMessage(), e);
        }
        if (NAMED_DIRECTIVE.matcher(pattern).find()) {
            regex = "(?iu)" + regex;
        }
        DateRegex bound = DateRegex.of(regex, before, wordEnd);
        PythonRegex compiled = PythonRegex.compile(bound.regex(), false);
        return new DateTemplate(
                written,
                compiled,
                new CalendarReading(compiled.groups()),
                bound.lineBegin() || bound.lineEnd(),
                bound.lineBegin(),
                1);
    }

    /** At the beginning of the line, in brackets there, or in an audit message of the kernel. */
    private static DateTemplate epochAnywhere(String name, boolean fine) {
        String seconds = fine ? SECONDS_OR_FINER : SECONDS;
        String regex = "((?:^|(?P<square>(?<=^\\[))|(?P<selinux>(?<=\\baudit\\()))" + seconds
                + ")(?:(?(selinux)(?=:\\d+\\)))|(?(square)(?=\\])))";
        return template(name, DateRegex.of(regex, DateRegex.Before.ANYTHING, true), new EpochReading(1, fine));
    }

    private static DateTemplate epochAtLineBegin(String name, boolean fine) {
        String regex = "((?P<square>(?<=^\\[))?" + (fine ? SECONDS_OR_FINER : SECONDS) + ")(?(square)(?=\\]))";
        return template(name, DateRegex.of(regex, DateRegex.Before.LINE_BEGIN, true), new EpochReading(1, fine));
    }

    private static DateTemplate tai64n(String name, DateRegex.Before before) {
        return template(name, DateRegex.of("@[0-9a-f]{24}", before, true), new Tai64nReading());
    }

    private static DateTemplate template(String name, DateRegex bound, DateReading reading) {
        return new DateTemplate(
                name,
                PythonRegex.compile(bound.regex(), false),
                reading,
                bound.lineBegin() || bound.lineEnd(),
                bound.lineBegin(),
                1);
    }
}
