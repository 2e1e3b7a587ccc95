package org.ipspipeline.ips.enforce.action;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.configuration.Action;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.queue.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bans of one jail by one of its actions. The commands are run as fail2ban runs them: {@code actionstart} at the start, or
 * before the first ban of a family if the action says so or tells families apart; {@code actioncheck} after a command that
 * failed, and what repairs before it is tried once more; {@code actionprolong} for a ban that gets another end; in the end
 * {@code actionflush}, or {@code actionunban} for each ban, and {@code actionstop}. After a repair all bans are made anew. Each
 * command that fails is logged with its last words.
 */
public final class ActionBackend implements Backend {

    private static final Logger LOG = LoggerFactory.getLogger(ActionBackend.class);

    /** A shell takes milliseconds: in small batches the end of the daemon is not kept waiting. */
    private static final int BATCH = 32;

    /** How long bans are lifted one by one in the end. */
    private static final Duration LIFTING = Duration.ofSeconds(60);

    private final int jail;
    private final String title;
    private final Map<String, ActionCommands> families = new LinkedHashMap<>();
    private final ActionShell shell;
    private final Set<String> started = new HashSet<>();
    private final Map<AddressPrefix, BanTags> held = new LinkedHashMap<>();
    private final boolean onDemand;
    private final boolean skipsRestored;
    private final boolean repairsOnUnban;

    /**
     * @param jail the jail's number; bans of other jails are no concern of this
     * @param jailName the jail's name, for messages
     * @param action what to run
     * @param limit how long a command may take, if the action itself does not say it
     * @throws IOException if there is no place for what commands print
     */
    public ActionBackend(int jail, String jailName, Action action, Duration limit) throws IOException {
        this.jail = jail;
        title = "action:" + jailName + "/" + action.name();
        Map<String, String> options = action.options();
        if (options.isEmpty()) {
            throw new IllegalArgumentException(
                    title
                            + ": is written in Python, which is not run here; take an action of action.d with commands instead");
        }
        for (String family : List.of(BanTags.IPV4, BanTags.IPV6)) {
            families.put(family, ActionCommands.of(options, family));
        }
        onDemand = ActionCommands.startsOnDemand(options);
        skipsRestored = ActionCommands.isTrue(options.getOrDefault("norestored", ""));
        repairsOnUnban = ActionCommands.isTrue(options.getOrDefault("actionrepair_on_unban", ""));
        shell = new ActionShell(title, Duration.ofSeconds(ActionCommands.timeout(options, limit.toSeconds())));
    }

    @Override
    public String name() {
        return title;
    }

    @Override
    public boolean expires() {
        return false;
    }

    @Override
    public boolean distinguishesJails() {
        return true;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public void start() throws IOException {
        if (!onDemand) {
            for (String family : families.keySet()) {
                if (!started.contains(family)) {
                    start(family);
                }
            }
        }
    }

    /** Families whose commands are the same are started as one. */
    private void start(String family) throws IOException {
        CommandTemplate command = commands(family).start();
        shell.must("actionstart", command, BanTags.none(family));
        families.forEach((other, commands) -> {
            if (other.equals(family) || commands.start().isSameAs(command)) {
                started.add(other);
            }
        });
    }

    @Override
    public void change(BanBatch batch) throws IOException {
        IOException first = null;
        long now = System.nanoTime();
        for (int i = 0; i < batch.count(); i++) {
            if (batch.jail(i) == jail) {
                try {
                    if (batch.untilNanos(i) == BanBatch.LIFTED) {
                        lift(new AddressPrefix(batch.high(i), batch.low(i), batch.prefixLength(i)));
                    } else {
                        ban(BanTags.of(batch, i, now));
                    }
                } catch (IOException refusal) {
                    first = first == null ? refusal : first;
                    batch.reject(i);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void ban(BanTags tags) throws IOException {
        if (skipsRestored && tags.restored()) {
            return;
        }
        String family = tags.family();
        BanTags before = held.get(tags.prefix());
        if (before == null) {
            if (!started.contains(family)) {
                start(family);
            }
            run("actionban", commands(family).ban(), tags, true);
        } else if (before.since() + before.seconds() != tags.since() + tags.seconds()) {
            run("actionprolong", commands(family).prolong(), tags, true);
        }
        held.put(tags.prefix(), tags);
    }

    private void lift(AddressPrefix prefix) throws IOException {
        BanTags tags = held.remove(prefix);
        if (tags != null) {
            run("actionunban", commands(tags.family()).unban(), tags, repairsOnUnban);
        }
    }

    /** Runs a command; after a failure checks, repairs, and tries once more. */
    private void run(String name, CommandTemplate command, BanTags tags, boolean mayRepair) throws IOException {
        if (shell.run(name, command, tags) || (mayRepair && repaired(tags) && shell.run(name, command, tags))) {
            return;
        }
        throw new IOException(name + " failed for " + tags.prefix());
    }

    /** Whether it is worth while to try again. */
    private boolean repaired(BanTags tags) throws IOException {
        String family = tags.family();
        ActionCommands commands = commands(family);
        BanTags none = BanTags.none(family);
        if (commands.check().isEmpty() || shell.run("actioncheck", commands.check(), none)) {
            return true;
        }
        LOG.warn("{}: what it needs is gone; making it anew", title);
        if (!commands.repair().isEmpty()) {
            shell.must("actionrepair", commands.repair(), none);
        } else {
            started.remove(family);
            shell.run("actionstop", commands.stop(), none);
            start(family);
        }
        shell.must("actioncheck", commands.check(), none);
        for (BanTags lost : List.copyOf(held.values())) {
            if (lost.family().equals(family) && !lost.prefix().equals(tags.prefix())) {
                shell.run("actionreban", commands.reban(), lost);
            }
        }
        return true;
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        return false;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void stop() throws IOException {
        try (shell) {
            for (CommandTemplate flush : ofStarted(ActionCommands::flush)) {
                shell.run("actionflush", flush, BanTags.none(familyOf(flush, ActionCommands::flush)));
            }
            long end = System.nanoTime() + LIFTING.toNanos();
            held.values().removeIf(tags -> !commands(tags.family()).flush().isEmpty());
            while (!held.isEmpty() && System.nanoTime() < end) {
                BanTags tags = held.remove(held.keySet().iterator().next());
                if (tags != null) {
                    shell.run("actionunban", commands(tags.family()).unban(), tags);
                }
            }
            if (!held.isEmpty()) {
                LOG.warn("{}: {} bans were not lifted within {} s", title, held.size(), LIFTING.toSeconds());
            }
            for (CommandTemplate stop : ofStarted(ActionCommands::stop)) {
                shell.run("actionstop", stop, BanTags.none(familyOf(stop, ActionCommands::stop)));
            }
        }
    }

    /** The different commands of one kind of all families that were started. */
    private List<CommandTemplate> ofStarted(Function<ActionCommands, CommandTemplate> kind) {
        List<CommandTemplate> different = new ArrayList<>();
        families.forEach((family, commands) -> {
            CommandTemplate command = kind.apply(commands);
            if (started.contains(family) && different.stream().noneMatch(command::isSameAs)) {
                different.add(command);
            }
        });
        return different;
    }

    private String familyOf(CommandTemplate command, Function<ActionCommands, CommandTemplate> kind) {
        return families.keySet().stream()
                .filter(family -> kind.apply(commands(family)).isSameAs(command))
                .findFirst()
                .orElse(BanTags.IPV4);
    }

    private ActionCommands commands(String family) {
        return families.computeIfAbsent(family, unknown -> {
            throw new IllegalArgumentException(unknown);
        });
    }
}
