package org.ipspipeline.ips.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code %(name)s} and {@code %(section/name)s} in the value of one option; {@code %%} is a percent sign. */
final class Interpolation {

    private static final int MAX_DEPTH = 10;
    private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]+)\\)s");
    private static final Pattern QUALIFIED = Pattern.compile("([\\w-]+)/(.+)");

    private final IniTree tree;
    private final String section;
    private final Map<String, String> variables;
    private final String option;
    private final String place;

    /**
     * @param tree where references are looked up
     * @param section the section that the option is read for
     * @param variables names that win over the section's options
     * @param option the option's name, for messages
     * @param place where it stands, for messages
     */
    Interpolation(IniTree tree, String section, Map<String, String> variables, String option, String place) {
        this.tree = tree;
        this.section = section;
        this.variables = variables;
        this.option = option;
        this.place = place;
    }

    /**
     * Replaces all references, those inside what replaces them too.
     *
     * @throws ConfigurationException if a reference leads nowhere or in a circle, or a percent sign stands alone
     */
    String resolve(String text) {
        StringBuilder into = new StringBuilder();
        resolve(text, into, 1);
        return into.toString();
    }

    private void resolve(String text, StringBuilder into, int depth) {
        if (depth > MAX_DEPTH) {
            throw problem("its %(...)s references nest deeper than " + MAX_DEPTH + ": do they lead in a circle?");
        }
        int from = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
            into.append(text, from, at);
            if (text.startsWith("%%", at)) {
                into.append('%');
                from = at + 2;
            } else {
                Matcher reference = REFERENCE.matcher(text).region(at, text.length());
                if (!reference.lookingAt()) {
                    throw problem("'" + excerpt(text, at) + "': a percent sign starts %(name)s; write %% for the sign");
                }
                String value = lookUp(reference.group(1));
                if (value.indexOf('%') >= 0) {
                    resolve(value, into, depth + 1);
                } else {
                    into.append(value);
                }
                from = reference.end();
            }
        }
        into.append(text, from, text.length());
    }

    private String lookUp(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        String variable = variables.get(name);
        if (variable != null) {
            return variable;
        }
        if (name.equals("__name__")) {
            return section;
        }
        IniValue own = tree.raw(section, name);
        if (own != null) {
            return own.text();
        }
        Matcher qualified = QUALIFIED.matcher(written);
        @Nullable
        String other = qualified.matches()
                ? tree.rawQualified(
                        section, qualified.group(1), qualified.group(2).toLowerCase(Locale.ROOT))
                : null;
        if (other == null) {
            throw problem("%(" + written + ")s is defined nowhere: define '" + written + "' in [" + section
                    + "] or [DEFAULT]");
        }
        return other;
    }

    private ConfigurationException problem(String what) {
        return new ConfigurationException(place + ": '" + option + "' of [" + section + "]: " + what);
    }

    private static String excerpt(String text, int at) {
        return text.substring(at, Math.min(at + 12, text.length()))
                .lines()
                .findFirst()
                .orElse("%");
    }
}
