package org.ipspipeline.ips.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.ipspipeline.ips.ban.CrowdRule;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.count.ClientPrefix;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.Plan;
import org.ipspipeline.ips.enforce.PortSyntax;
import org.ipspipeline.ips.enforce.Ports;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.match.PatternSyntaxException;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.spec.SourceSpec;
import org.ipspipeline.ips.source.spec.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A single jail on the command line, without a configuration file. */
final class PatternOptions {

    /** No log puts an address farther back. */
    private static final int LAST_FIELD = 100;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "SOURCE",
            required = true,
            description = "Where lines come from: " + SourceSpec.FORMS + ". Can be given several times.")
    private List<String> sources = List.of();

    @Option(
            names = {"-e", "--pattern"},
            paramLabel = "REGEX",
            description =
                    "Which lines are failures; <HOST> stands for the client's address. Can be given several times; the"
                            + " first that matches counts.")
    private List<String> patterns = List.of();

    @Option(
            names = "--address-records",
            description =
                    "Instead of --pattern, for rings: every line is a binary record, the 4 or 16 bytes of a client's address in"
                            + " network order, and a failure of that client.")
    private boolean addressRecords;

    @Option(
            names = "--address-field",
            paramLabel = "N",
            description =
                    "Instead of --pattern: every line is a failure of the client whose address is the line's N-th field, from 1;"
                            + " fields lie between spaces. 1 is for lines that hold an address alone.")
    private @Nullable Integer addressField;

    @Option(
            names = {"-r", "--max-retry"},
            paramLabel = "N",
            defaultValue = "5",
            description = "Failures that ban (default: ${DEFAULT-VALUE}).")
    private int maxRetry;

    @Option(
            names = "--find-time",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How far back failures count (default: ${DEFAULT-VALUE}).")
    private Duration findTime = Duration.ofMinutes(10);

    @Option(
            names = "--ban-time",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long a ban lasts (default: ${DEFAULT-VALUE}).")
    private Duration banTime = Duration.ofMinutes(10);

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ReadingOptions reading = new ReadingOptions();

    @Option(
            names = "--ipv6-prefix",
            paramLabel = "BITS",
            arity = "0..1",
            defaultValue = "128",
            fallbackValue = "64",
            description =
                    "How many leading bits of an IPv6 address make one client: attackers hold whole /64s (default:"
                            + " ${DEFAULT-VALUE}; without BITS: ${FALLBACK-VALUE}).")
    private int ipv6Prefix;

    @Option(
            names = "--ban-network",
            paramLabel = "BANS/BITS",
            description =
                    "Ban a whole IPv4 network of so many leading bits as soon as so many of its addresses are banned, such as"
                            + " 8/24; not if one of them is on an ignore list.")
    private @Nullable String banNetwork;

    @Option(
            names = "--port",
            paramLabel = "PORTS",
            description =
                    "Ban from these ports only, such as ssh,8000:8010, instead of from everything. With XDP and nftables;"
                            + " other ways ban from everything, and say so.")
    private @Nullable String ports;

    @Option(
            names = "--protocol",
            paramLabel = "tcp|udp|tcp,udp",
            description = "Whose ports --port means (default: tcp).")
    private @Nullable String protocol;

    /** The ports that are banned from; null for all. */
    @Nullable
    Ports ports() {
        if (ports == null) {
            if (protocol != null) {
                throw new UsageException("--protocol " + protocol + ": it goes with --port; give both");
            }
            return null;
        }
        try {
            return PortSyntax.parse(ports, protocol == null ? "tcp" : protocol);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--port " + ports + ": " + wrong.getMessage(), wrong);
        }
    }

    /** The jail, checked. */
    JailPolicy jail() {
        try {
            FailureRule rule = new FailureRule(0, maxRetry, findTime.toNanos(), banTime.toNanos());
            return JailPolicy.of("run", rule)
                    .withClient(new ClientPrefix(Integer.SIZE, ipv6Prefix))
                    .withCrowdRule(banNetwork == null ? null : CrowdRule.parse(banNetwork));
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException(String.valueOf(outOfRange.getMessage()), outOfRange);
        }
    }

    /** What the lines are judged by, checked. */
    Feeding feeding() {
        int ways = (addressRecords ? 1 : 0) + (addressField != null ? 1 : 0) + (patterns.isEmpty() ? 0 : 1);
        if (ways != 1) {
            throw new UsageException(
                    "give one of --pattern, --address-field and --address-records: it says which lines are failures");
        }
        if (addressRecords) {
            checkRecords();
            return Feeding.RECORDS;
        }
        return addressField != null ? byField(addressField) : compile(patterns);
    }

    private static Feeding byField(int field) {
        if (field < 1 || field > LAST_FIELD) {
            throw new UsageException("--address-field " + field + ": fields are counted from 1 to " + LAST_FIELD);
        }
        return Feeding.byField(field);
    }

    private void checkRecords() {
        sources.stream()
                .filter(source -> !source.startsWith("ring:"))
                .findFirst()
                .ifPresent(text -> {
                    throw new UsageException(
                            "--address-records: " + text + " holds text; records come from ring: sources");
                });
    }

    private static Feeding compile(List<String> patterns) {
        try {
            return Feeding.by(PatternSet.compile(patterns));
        } catch (PatternSyntaxException wrong) {
            throw new UsageException("--pattern: " + wrong.getMessage(), wrong);
        }
    }

    /** Opens the sources. */
    Plan open(JailPolicy jail, Feeding feeding, Doorbell doorbell, @Nullable Path state) {
        try {
            List<SourceSpec> specs = sources.stream().map(SourceSpec::parse).toList();
            return Plan.of(feeding.feeds(Sources.open(specs, reading.sources(doorbell, state)), jail.jail()), jail);
        } catch (SourceException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** What the jail does, for people. */
    String describe() {
        return maxRetry + " failures within " + text(findTime) + " ban for " + text(banTime);
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
