package org.ipspipeline.ips.enforce.nftables;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.enforce.Ports;
import org.ipspipeline.ips.enforce.queue.Backend;
import org.ipspipeline.ips.enforce.shell.ProgramRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bans in a table of nftables that is all this daemon's: sets of elements with timeouts, so that bans end even when the daemon is
 * dead, and a chain that drops before connection tracking. A batch is one transaction; one that nft refuses is tried in halves,
 * so that a bad change does not spoil the good ones.
 */
public final class NftBackend implements Backend {

    private static final Logger LOG = LoggerFactory.getLogger(NftBackend.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern SET = Pattern.compile("(?m)^\\s*set (ban[46]_\\w+) \\{");
    private static final int MAX_ALLOWED = 1 << 16;

    /** How many runs of nft a refused batch may take. */
    private static final int MAX_RUNS = 40;

    private final NftOptions options;
    private final ProgramRun programs;
    private final Set<NftSet> sets = new LinkedHashSet<>();
    private final Map<Integer, Ports> ports = new HashMap<>();
    private List<AddressPrefix> allowed = List.of();
    private boolean refreshes = true;

    /**
     * @param options what the table is called and how large its sets may be
     * @throws IOException if there is no place for what nft prints
     */
    public NftBackend(NftOptions options) throws IOException {
        this.options = options;
        programs = new ProgramRun(LIMIT, Map.of("LC_ALL", "C"));
    }

    @Override
    public String name() {
        return "nftables";
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public boolean distinguishesJails() {
        return false;
    }

    @Override
    public boolean distinguishesPorts() {
        return true;
    }

    @Override
    public synchronized boolean define(int portSet, Ports which) {
        ports.put(portSet, which);
        return true;
    }

    @Override
    public synchronized boolean allow(Collection<AddressPrefix> prefixes) throws IOException {
        allowed = List.copyOf(prefixes);
        NftScript script = script();
        script.allow(allowed);
        nft(script);
        return true;
    }

    @Override
    public synchronized void start() throws IOException {
        refreshes = knowsHowToRefresh();
        sets.clear();
        ProgramRun.Result listed =
                programs.tryRun("", command("-t", "list", "table", "inet", options.table()), Map.of());
        NftScript script = script();
        script.frame(MAX_ALLOWED);
        script.allow(allowed);
        for (Matcher set = SET.matcher(listed.exitCode() == 0 ? listed.output() : ""); set.find(); ) {
            NftSet ours = NftSet.named(set.group(1));
            if (ours != null && isKnown(ours)) {
                sets.add(ours);
                script.rule(ours, ports.get(ours.portSet()));
            } else if (ours != null) {
                // Which ports a process before this one meant is not known.
                script.remove(ours.name());
            }
        }
        nft(script);
    }

    private boolean isKnown(NftSet set) {
        return set.portSet() == PortSets.EVERYTHING || ports.containsKey(set.portSet());
    }

    /** Old kernels keep an element's timeout when it is added again: a table of its own tells. */
    private boolean knowsHowToRefresh() throws IOException {
        String table = options.table() + "-probe";
        nft("add table inet " + table + "\nadd set inet " + table + " s { type ipv4_addr; flags timeout; }\n"
                + "add element inet " + table + " s { 192.0.2.1 timeout 1h }\n");
        try {
            nft("add element inet " + table + " s { 192.0.2.1 timeout 2h }\n");
            return programs.run("", command("list", "set", "inet", table, "s")).contains("timeout 2h");
        } finally {
            nft("delete table inet " + table + "\n");
        }
    }

    @Override
    public synchronized void change(BanBatch batch) throws IOException {
        try {
            addMissingSets(batch);
            apply(batch, 0, batch.count());
        } catch (IOException refusal) {
            // Somebody may have removed what is needed; and a bad change must not spoil the good ones.
            start();
            addMissingSets(batch);
            new Attempts(batch).change();
        }
    }

    private void apply(BanBatch batch, int from, int to) throws IOException {
        NftScript script = script();
        long now = System.nanoTime();
        for (int i = from; i < to; i++) {
            script.change(batch, i, now);
        }
        nft(script);
    }

    private void addMissingSets(BanBatch batch) throws IOException {
        Set<NftSet> missing = new LinkedHashSet<>();
        for (int i = 0; i < batch.count(); i++) {
            NftSet set = NftSet.of(batch.high(i), batch.low(i), batch.prefixLength(i), batch.portSet(i));
            if (!sets.contains(set)) {
                missing.add(set);
            }
        }
        if (!missing.isEmpty()) {
            NftScript script = script();
            missing.forEach(set -> {
                script.set(set, options.maxBans());
                script.rule(set, ports.get(set.portSet()));
            });
            nft(script);
            sets.addAll(missing);
        }
    }

    /** Tries a batch as a whole once more, then in ever smaller parts. */
    private final class Attempts {

        private final BanBatch batch;
        private final List<IOException> refusals = new ArrayList<>();
        private int runs;

        private Attempts(BanBatch batch) {
            this.batch = batch;
        }

        private void change() throws IOException {
            change(0, batch.count());
            if (!refusals.isEmpty()) {
                throw refusals.get(0);
            }
        }

        private void change(int from, int to) {
            try {
                runs++;
                apply(batch, from, to);
            } catch (IOException refusal) {
                if (to - from > 1 && runs < MAX_RUNS) {
                    int middle = (from + to) >>> 1;
                    change(from, middle);
                    change(middle, to);
                    return;
                }
                refusals.add(refusal);
                for (int i = from; i < to; i++) {
                    batch.reject(i);
                }
            }
        }
    }

    @Override
    public synchronized boolean forEachBan(BanVisitor visitor) throws IOException {
        for (NftSet set : sets) {
            String listed = programs.run("", command("-j", "list", "set", "inet", options.table(), set.name()));
            NftListing.elements(listed, set, System.nanoTime(), visitor);
        }
        return true;
    }

    @Override
    public synchronized long dropped() throws IOException {
        return NftListing.packets(
                programs.run("", command("-j", "list", "counters", "table", "inet", options.table())));
    }

    @Override
    public synchronized void stop() throws IOException {
        try (programs) {
            if (options.keep()) {
                LOG.info("nftables: the table {} and its bans stay", options.table());
            } else {
                nft("add table inet " + options.table() + "\ndelete table inet " + options.table() + "\n");
            }
        }
    }

    private NftScript script() {
        return new NftScript(options.table(), refreshes);
    }

    private void nft(NftScript script) throws IOException {
        String text = script.text();
        if (!text.isEmpty()) {
            nft(text);
        }
    }

    private void nft(String text) throws IOException {
        programs.run(text, command("-f", "-"));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(options.program());
        command.addAll(List.of(arguments));
        return command;
    }
}
