package org.ipspipeline.ips.command;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.configuration.JailConfiguration;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.InvalidFilterException;
import org.ipspipeline.ips.filter.UseDns;
import org.ipspipeline.ips.filter.date.DateContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How one of fail2ban's filters judges the lines of files. */
final class FilterOptions {

    @Option(
            names = "--config",
            paramLabel = "PATH",
            defaultValue = "/etc/fail2ban",
            description = "fail2ban's configuration, or for --jail a TOML file (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("/etc/fail2ban");

    @Option(
            names = "--all-regexes",
            description = "Try every failregex on each line, and count all; without it the first that matches counts.")
    private boolean allRegexes;

    @Option(
            names = "--journal",
            description = "The lines are the journal's: no date is looked for in them. So are those of a filter with"
                    + " [logtype=journal].")
    private boolean journal;

    @Option(
            names = "--use-dns",
            paramLabel = "MODE",
            description = "What to do with the names of hosts, in the filter's stead: with no they match nothing; with"
                    + " warn, yes and raw they are taken as they stand. Nothing is resolved here.")
    private @Nullable String useDns;

    @Option(
            names = "--date-pattern",
            paramLabel = "PATTERN",
            description = "Where the date stands, in the filter's stead; can be given several times.")
    private List<String> datePatterns = List.of();

    @Option(
            names = "--log-time-zone",
            paramLabel = "ZONE",
            description = "The zone of dates that name none, such as UTC+0200; without it this machine's, or TZ's.")
    private @Nullable String logTimeZone;

    @Option(
            names = "--now",
            paramLabel = "SECONDS",
            description = "The present, in seconds since 1970, for dates without a year or a day.")
    private @Nullable Long now;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            defaultValue = "UTF-8",
            description = "The encoding of lines that are not ASCII (default: ${DEFAULT-VALUE}).")
    private Charset encoding = StandardCharsets.UTF_8;

    /** A filter, ready to judge, and whether its lines are the journal's. */
    record Chosen(Filter filter, boolean journal) {}

    /**
     * Compiles a filter.
     *
     * @param reference the filter with its parameters, null for a jail's
     * @param jail whose filter it is, where there is no reference
     * @throws UsageException when it cannot be used
     */
    Chosen open(@Nullable String reference, @Nullable String jail) {
        try {
            InstantSource clock = now == null ? Clock.systemUTC() : InstantSource.fixed(Instant.ofEpochSecond(now));
            DateContext dates = DateContext.of(clock, ZoneId.systemDefault(), DateContext.LENIENT_FIRST_YEAR);
            if (reference != null) {
                return compile(
                        Fail2banConfiguration.open(config).filter(reference),
                        dates.withLogTimeZone(logTimeZone),
                        Fail2banConfiguration.readsJournal(reference));
            }
            Jail named = JailConfiguration.open(config).jail(String.valueOf(jail));
            String zone = logTimeZone != null ? logTimeZone : named.logTimeZone();
            return compile(named.filter(), dates.withLogTimeZone(zone), named.readsJournal());
        } catch (ConfigurationException | InvalidFilterException | IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Chosen compile(FilterDefinition definition, DateContext dates, boolean isJournal) {
        return new Chosen(Filter.compile(overridden(definition), dates), journal || isJournal);
    }

    EvaluationOptions evaluation() {
        EvaluationOptions options = EvaluationOptions.STANDARD.withEncoding(encoding);
        return allRegexes ? options.withAllRegexes() : options;
    }

    private FilterDefinition overridden(FilterDefinition filter) {
        return new FilterDefinition(
                filter.name(),
                filter.prefregex(),
                filter.failregexes(),
                filter.ignoreregexes(),
                filter.maxLines(),
                datePatterns.isEmpty() ? filter.datePatterns() : datePatterns,
                useDns == null ? filter.useDns() : UseDns.parse(useDns),
                filter.journalMatches(),
                filter.place());
    }
}
