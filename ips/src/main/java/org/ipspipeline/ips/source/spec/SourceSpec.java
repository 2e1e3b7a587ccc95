package org.ipspipeline.ips.source.spec;

import java.nio.file.Path;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.journal.JournalQuery;
import org.ipspipeline.ips.source.process.RestartPolicy;
import org.ipspipeline.ips.source.syslog.SyslogAddress;

/**
 * A source as the operator writes it, {@code KIND:WHAT}:
 *
 * <pre>
 *   ring:PATH               a shared-memory ring, one source a segment
 *   file:GLOB               files, followed through their rotations
 *   journal:MATCH           systemd's journal, its entries selected as journalctl does
 *   syslog:udp:PORT         messages at a UDP port; tcp:PORT and unix:PATH likewise
 *   fifo:PATH               a named pipe, for many writers
 *   command:COMMAND         what a shell command prints, started again when it ends
 *   stdin:                  standard input, to its end
 * </pre>
 */
public sealed interface SourceSpec {

    /** The forms that there are, for messages and help. */
    String FORMS =
            "ring:PATH, file:GLOB, journal:MATCH, syslog:udp:PORT|tcp:PORT|unix:PATH, fifo:PATH, command:COMMAND,"
                    + " stdin:";

    /** As the operator wrote it. */
    String text();

    /**
     * A ring.
     *
     * @param text as written
     * @param path where it is
     */
    record RingSpec(String text, Path path) implements SourceSpec {}

    /**
     * Files.
     *
     * @param text as written
     * @param pattern a path, perhaps with wildcards
     */
    record FileSpec(String text, String pattern) implements SourceSpec {}

    /**
     * A journal.
     *
     * @param text as written
     * @param query which entries of which journal
     */
    record JournalSpec(String text, JournalQuery query) implements SourceSpec {}

    /**
     * Syslog messages.
     *
     * @param text as written
     * @param address where they are received
     */
    record SyslogSpec(String text, SyslogAddress address) implements SourceSpec {}

    /**
     * A named pipe.
     *
     * @param text as written
     * @param path where it is
     */
    record FifoSpec(String text, Path path) implements SourceSpec {}

    /**
     * A command.
     *
     * @param text as written
     * @param command for the shell
     * @param restart when to start it again
     */
    record CommandSpec(String text, String command, RestartPolicy restart) implements SourceSpec {}

    /**
     * Standard input.
     *
     * @param text as written
     */
    record StdinSpec(String text) implements SourceSpec {}

    /**
     * Parses what the operator wrote.
     *
     * @param text such as {@code file:/var/log/auth.log}
     * @return the source
     * @throws SourceException with one line, if it is none of the forms
     */
    static SourceSpec parse(String text) {
        return new SpecParser(text).parse();
    }
}
