package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.configuration.Action;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.action.ActionBackend;
import org.ipspipeline.ips.enforce.choice.EnforcerChoice;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.ipspipeline.ips.jail.ActiveJail;
import org.ipspipeline.ips.jail.JailSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the actions of each jail as its configuration names them, beside whatever else puts bans into force. Each has a queue and a thread
 * of its own, so that a slow command keeps no other waiting. One that cannot be run is named in the log, and the others are.
 *
 * <p>Changes are made by one thread at a time, bans by another.
 */
public final class JailActions implements Enforcer, EnforcementWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JailActions.class);

    /** fail2ban's own, where the action does not say another. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private record Key(int jail, Action action) {}

    private final AtomicLong lostByEnded = new AtomicLong();
    private volatile Map<Key, QueuedEnforcer> running = Map.of();

    /** Without jails there is nothing to run. */
    public JailActions() {}

    /**
     * Starts what other jails need beyond these, and gives an action that is new in its jail the bans that are in force.
     *
     * @param jails that are to be at work
     * @param bans in force
     */
    void begin(JailSet jails, BanKeeper bans) {
        Map<Key, QueuedEnforcer> next = new LinkedHashMap<>(running);
        for (ActiveJail jail : jails.jails()) {
            for (Action action : jail.settings().actions()) {
                Key key = new Key(jail.number(), action);
                if (!next.containsKey(key)) {
                    start(jail, action, bans, next);
                }
            }
        }
        running = next;
    }

    private static void start(ActiveJail jail, Action action, BanKeeper bans, Map<Key, QueuedEnforcer> into) {
        QueuedEnforcer started;
        try {
            started = QueuedEnforcer.start(
                    new ActionBackend(jail.number(), jail.name(), action, LIMIT), EnforcerChoice.QUEUE);
        } catch (IOException | IllegalArgumentException refused) {
            LOG.error("[{}] action {} is not run: {}", jail.name(), action.name(), refused.getMessage());
            return;
        }
        into.put(new Key(jail.number(), action), started);
        List<Ban> present = bans.list(jail.number()).join();
        if (!present.isEmpty()) {
            BanBatch batch = new BanBatch(present.size());
            for (Ban ban : present) {
                batch.add(
                        ban.prefix().high(),
                        ban.prefix().low(),
                        ban.prefix().length(),
                        ban.untilNanos(),
                        jail.number(),
                        0);
                batch.describe(ban.sinceNanos(), ban.failures(), ban.times(), true);
            }
            started.ban(batch);
        }
    }

    /**
     * Ends what these jails do not need. What it still holds is lifted by it.
     *
     * @param jails that are at work
     */
    void endAllBut(JailSet jails) {
        Map<Key, QueuedEnforcer> kept = new LinkedHashMap<>(running);
        kept.keySet().removeIf(key -> {
            ActiveJail jail = jails.find(key.jail);
            return jail == null || !jail.settings().actions().contains(key.action);
        });
        Map<Key, QueuedEnforcer> before = running;
        running = kept;
        before.forEach((key, action) -> {
            if (!kept.containsKey(key)) {
                end(action);
            }
        });
    }

    private void end(QueuedEnforcer action) {
        action.close();
        lostByEnded.addAndGet(action.lost());
    }

    @Override
    public long lost() {
        return lostByEnded.get()
                + running.values().stream().mapToLong(Enforcer::lost).sum();
    }

    @Override
    public String name() {
        return "jail-actions";
    }

    @Override
    public boolean immediate() {
        return false;
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
    public EnforcementWriter newWriter() {
        return this;
    }

    @Override
    public void ban(BanBatch batch) {
        running.values().forEach(action -> action.ban(batch));
    }

    @Override
    public void unban(BanBatch batch) {
        running.values().forEach(action -> action.unban(batch));
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        return false;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void close() {
        Map<Key, QueuedEnforcer> before = running;
        running = Map.of();
        before.values().forEach(this::end);
    }
}
