package org.ipspipeline.ips.source.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which entries of which journal.
 *
 * @param matches {@code FIELD=VALUE}, which entries must have, and {@code +} between alternatives; none for all entries
 * @param directory where the journal's files are, empty for the system's own
 * @param files patterns of single journal files, instead of a directory
 */
public record JournalQuery(List<String> matches, String directory, List<String> files) {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern MATCH = Pattern.compile("[A-Z_][A-Z0-9_]*=.*", Pattern.DOTALL);

    /** Copies the lists. */
    public JournalQuery {
        matches = List.copyOf(matches);
        files = List.copyOf(files);
        for (String match : matches) {
            if (!match.equals("+") && !MATCH.matcher(match).matches()) {
                throw new IllegalArgumentException("'" + match
                        + "' is no journal match: it must be FIELD=VALUE or +, such as _SYSTEMD_UNIT=ssh.service");
            }
        }
    }

    /**
     * Entries of the system's journal, as the {@code journalmatch} of a jail or filter selects them.
     *
     * @param words matches apart by white space, in which quotes may enclose some; empty for all entries
     * @throws IllegalArgumentException with one clause, if a word is no match
     */
    public static JournalQuery parse(String words) {
        final List<String> matches = new ArrayList<>();
        final Matcher word = WORD.matcher(words);
        while (word.find()) {
            matches.add(word.group().replaceAll("[\"']", ""));
        }
        return new JournalQuery(matches, "", List.of());
    }

    /** The same entries of the journal in a directory, such as one that {@code systemd-journal-remote} writes. */
    public JournalQuery inDirectory(String path) {
        return new JournalQuery(matches, path, List.of());
    }

    /** The same entries of journal files. */
    public JournalQuery inFiles(List<String> patterns) {
        return new JournalQuery(matches, "", patterns);
    }

    /** The part of journalctl's command line that selects. */
    List<String> arguments() {
        final List<String> arguments = new ArrayList<>();
        if (!directory.isEmpty()) {
            arguments.add("--directory=" + directory);
        }
        for (String file : files) {
            arguments.add("--file=" + file);
        }
        arguments.add("--");
        arguments.addAll(matches);
        return arguments;
    }
}
