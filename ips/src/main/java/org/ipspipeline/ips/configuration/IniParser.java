package org.ipspipeline.ips.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one INI file as Python's configparser does for fail2ban: {@code name = value} or {@code name: value}; a line indented
 * deeper than its option continues the value; {@code #} and {@code ;} start a comment at the beginning of a line,
 * {@code ;} also after white space. Empty lines inside a value belong to it.
 */
final class IniParser {

    private static final Pattern HEADER = Pattern.compile("\\[(.+)]");
    private static final Pattern OPTION = Pattern.compile("(.*?)\\s*[=:]\\s*(.*)", Pattern.DOTALL);

    private final Path path;
    private final Map<String, Map<String, IniValue>> sections = new LinkedHashMap<>();
    private @Nullable Map<String, IniValue> section;
    private @Nullable StringBuilder value;
    private String option = "";
    private int optionLine;
    private int indentation;

    private IniParser(Path path) {
        this.path = path;
    }

    /**
     * Reads a file.
     *
     * @param path an existing file in UTF-8
     * @return what it holds
     * @throws ConfigurationException if it cannot be read or is not such a file
     */
    static IniFile parse(Path path) {
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(path + ": is not UTF-8; convert it, for example with iconv", e);
        } catch (IOException e) {
            throw new ConfigurationException(path + ": cannot be read: " + e.getMessage(), e);
        }
        IniParser parser = new IniParser(path);
        for (int i = 0; i < lines.size(); i++) {
            parser.line(lines.get(i), i + 1);
        }
        parser.endOption();
        return new IniFile(path, parser.sections);
    }

    private void line(String line, int number) {
        int comment = commentStart(line);
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.isEmpty()) {
            if (comment < 0 && value != null) {
                value.append('\n');
            }
            return;
        }
        int indent = line.length() - line.stripLeading().length();
        if (value != null && indent > indentation) {
            value.append('\n').append(text);
            return;
        }
        indentation = indent;
        endOption();
        Matcher header = HEADER.matcher(text);
        if (header.lookingAt()) {
            beginSection(header.group(1), number);
        } else {
            beginOption(text, number);
        }
    }

    private void beginSection(String name, int number) {
        if (sections.containsKey(name) && !name.equals(IniFile.DEFAULT)) {
            throw ConfigurationException.at(path, number, "[" + name + "] stands twice in this file: join the two");
        }
        section = sections.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
    }

    private void beginOption(String text, int number) {
        if (section == null) {
            throw ConfigurationException.at(path, number, "'" + text + "' stands before the first [section]");
        }
        Matcher matcher = OPTION.matcher(text);
        if (!matcher.matches()) {
            throw ConfigurationException.at(path, number, "'" + text + "' is neither a [section] nor 'name = value'");
        }
        option = matcher.group(1).toLowerCase(Locale.ROOT);
        IniValue earlier = section.get(option);
        if (earlier != null) {
            throw ConfigurationException.at(
                    path, number, "'" + option + "' is given twice, first in line " + earlier.line() + ": remove one");
        }
        optionLine = number;
        value = new StringBuilder(matcher.group(2));
    }

    private void endOption() {
        if (value != null && section != null) {
            section.put(option, new IniValue(value.toString().stripTrailing(), path, optionLine));
        }
        value = null;
    }

    /** The index at which a comment starts, or -1. */
    private static int commentStart(String line) {
        String text = line.stripLeading();
        if (text.startsWith("#") || text.startsWith(";")) {
            return 0;
        }
        for (int at = line.indexOf(';'); at >= 0; at = line.indexOf(';', at + 1)) {
            if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
                return at;
            }
        }
        return -1;
    }
}
