package org.ipspipeline.ips.enforce.ipset;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.enforce.queue.Backend;
import org.ipspipeline.ips.enforce.shell.ProgramRun;

/**
 * Bans in two sets of type {@code hash:net} with timeouts, one for each family, so that bans end even when the daemon is dead; and
 * a rule of iptables in front of all others for each, which spares what is in a third and a fourth set. A batch is one run of
 * {@code ipset restore}.
 */
public final class IpsetBackend implements Backend {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How many lines of a batch ipset may refuse before the rest is given up. */
    private static final int MAX_REFUSALS = 16;

    /** The longest timeout that ipset takes, in seconds. */
    private static final long MAX_TIMEOUT = 2_147_483;

    private static final Pattern MEMBER = Pattern.compile("(?m)^([0-9a-fA-F:.]+(?:/\\d+)?)(?: timeout (\\d+))?.*$");
    private static final Pattern FAILED_LINE = Pattern.compile("Error in line (\\d+)");

    private final IpsetOptions options;
    private final ProgramRun programs;
    private List<AddressPrefix> allowed = List.of();

    /**
     * @param options how the sets are called and how large they may be
     * @throws IOException if there is no place for what ipset prints
     */
    public IpsetBackend(IpsetOptions options) throws IOException {
        this.options = options;
        programs = new ProgramRun(LIMIT, Map.of("LC_ALL", "C"));
    }

    @Override
    public String name() {
        return "ipset";
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public boolean distinguishesJails() {
        return false;
    }

    private String set(boolean ipv4) {
        return options.name() + (ipv4 ? "4" : "6");
    }

    private String allowed(boolean ipv4) {
        return options.name() + "-ok" + (ipv4 ? "4" : "6");
    }

    @Override
    public void start() throws IOException {
        for (boolean ipv4 : new boolean[] {true, false}) {
            programs.run("", create(set(ipv4), ipv4, "timeout", "0", "maxelem", String.valueOf(options.maxBans())));
            programs.run("", create(allowed(ipv4), ipv4));
            if (options.rules()
                    && programs.tryRun("", rule(ipv4, "-C"), Map.of()).exitCode() != 0) {
                programs.run("", rule(ipv4, "-I"));
            }
        }
        allow(allowed);
    }

    private List<String> create(String name, boolean ipv4, String... more) {
        List<String> command =
                command("ipset", "-exist", "create", name, "hash:net", "family", ipv4 ? "inet" : "inet6");
        command.addAll(List.of(more));
        return command;
    }

    @Override
    public boolean allow(Collection<AddressPrefix> prefixes) throws IOException {
        allowed = List.copyOf(prefixes);
        StringBuilder script = new StringBuilder();
        script.append("flush ")
                .append(allowed(true))
                .append("\nflush ")
                .append(allowed(false))
                .append('\n');
        for (AddressPrefix prefix : allowed) {
            script.append("add ")
                    .append(allowed(prefix.isIpv4()))
                    .append(' ')
                    .append(prefix)
                    .append('\n');
        }
        programs.run(script, command("ipset", "-exist", "restore"));
        return true;
    }

    private List<String> rule(boolean ipv4, String verb) {
        return command(
                ipv4 ? "iptables" : "ip6tables",
                "-w",
                verb,
                "INPUT",
                "-m",
                "set",
                "!",
                "--match-set",
                allowed(ipv4),
                "src",
                "-m",
                "set",
                "--match-set",
                set(ipv4),
                "src",
                "-j",
                "DROP");
    }

    @Override
    public void change(BanBatch batch) throws IOException {
        int from = 0;
        IOException refused = null;
        boolean startedAnew = false;
        // ipset stops at the first line that it refuses: mark it, and go on behind it. Or somebody removed the set.
        for (int refusals = 0; from < batch.count() && refusals <= MAX_REFUSALS; refusals++) {
            ProgramRun.Result result =
                    programs.tryRun(script(batch, from), command("ipset", "-exist", "restore"), Map.of());
            if (result.exitCode() == 0) {
                from = batch.count();
                break;
            }
            refused = new IOException("ipset restore: ended with " + result.exitCode() + ": " + result.lastWords());
            Matcher line = FAILED_LINE.matcher(result.output());
            if (result.output().contains("does not exist") && !startedAnew) {
                startedAnew = true;
                refused = null;
                start();
                continue;
            }
            if (!line.find()) {
                break;
            }
            from += Integer.parseInt(line.group(1));
            batch.reject(from - 1);
        }
        if (refused != null) {
            for (int i = from; from > 0 && i < batch.count(); i++) {
                batch.reject(i);
            }
            throw refused;
        }
    }

    /** A line for each change from an index on. */
    private String script(BanBatch batch, int from) {
        StringBuilder script = new StringBuilder();
        long now = System.nanoTime();
        for (int i = from; i < batch.count(); i++) {
            AddressPrefix prefix = new AddressPrefix(batch.high(i), batch.low(i), batch.prefixLength(i));
            long until = batch.untilNanos(i);
            // Rounded up: better a second too long than an end before its time.
            long seconds = until == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toSeconds(until - now + 999_999_999);
            boolean ends = until == BanBatch.LIFTED || (until != Long.MAX_VALUE && seconds <= 0);
            script.append(ends ? "del " : "add ")
                    .append(set(prefix.isIpv4()))
                    .append(' ')
                    .append(prefix);
            if (!ends) {
                script.append(" timeout ").append(Math.min(seconds, MAX_TIMEOUT));
            }
            script.append('\n');
        }
        return script.toString();
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) throws IOException {
        for (boolean ipv4 : new boolean[] {true, false}) {
            String listed = programs.run("", command("ipset", "list", set(ipv4)));
            long now = System.nanoTime();
            Matcher member = MEMBER.matcher(listed.substring(listed.indexOf("Members:") + 8));
            while (member.find()) {
                AddressPrefix prefix = Objects.requireNonNull(AddressPrefix.parse(member.group(1)));
                long seconds = member.group(2) == null ? 0 : Long.parseLong(member.group(2));
                long until = seconds == 0 ? Long.MAX_VALUE : now + TimeUnit.SECONDS.toNanos(seconds);
                visitor.ban(PortSets.EVERYTHING, prefix.high(), prefix.low(), prefix.length(), until, 0);
            }
        }
        return true;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void stop() throws IOException {
        try (programs) {
            if (!options.keep()) {
                for (boolean ipv4 : new boolean[] {true, false}) {
                    if (options.rules()) {
                        programs.run("", rule(ipv4, "-D"));
                    }
                    programs.run("", command("ipset", "destroy", set(ipv4)));
                    programs.run("", command("ipset", "destroy", allowed(ipv4)));
                }
            }
        }
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(options.prefix());
        command.addAll(List.of(words));
        return command;
    }
}
